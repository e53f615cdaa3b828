//! mentorship, over HTTP.

mod action_items;
mod dashboard;
mod direct_messages;
mod feedback;
mod issue_messages;
mod matches;
mod mentors;
mod microsoft_tokens;
mod profiles;
mod reported_issues;
mod resource_comments;
mod resources;
mod roles;
mod session_moves;
mod session_notes;
pub mod sessions;
mod sessions_list;
mod user_connections;
