//! mentorship, over HTTP.

mod action_items;
mod by_hand;
mod dashboard;
mod direct_messages;
mod feedback;
mod group_memberships;
mod issue_messages;
mod learning_paths;
mod matches;
mod mental_health_chats;
mod mentors;
mod microsoft_tokens;
mod milestone_logs;
mod profiles;
mod proxy_requests;
mod reported_issues;
mod resource_comments;
mod resources;
mod roles;
mod session_moves;
mod session_notes;
pub mod sessions;
mod sessions_list;
mod support_groups;
mod user_connections;
mod user_learning_progress;
