//! mentorship, over HTTP.

mod action_items;
mod feedback;
mod session_moves;
mod session_notes;
pub mod sessions;
mod sessions_list;
