//! mentorship, over HTTP.

mod action_items;
mod feedback;
mod matches;
mod mentors;
mod profiles;
mod roles;
mod session_moves;
mod session_notes;
pub mod sessions;
mod sessions_list;
mod user_connections;
