//! mentorship, over HTTP.

mod action_items;
mod dashboard;
mod direct_messages;
mod feedback;
mod issue_messages;
mod microsoft_tokens;
mod reported_issues;
mod resource_comments;
mod resources;
mod session_moves;
mod session_notes;
pub mod sessions;
mod sessions_list;
