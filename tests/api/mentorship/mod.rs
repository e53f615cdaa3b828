//! mentorship, over HTTP.

mod group_memberships;
mod learning_paths;
mod mental_health_chats;
mod milestone_logs;
mod proxy_requests;
mod support_groups;
mod user_learning_progress;
