//! migratio, over HTTP.

mod by_hand;
mod members;
pub mod people;
mod profiles;
pub mod recommendations;
mod recommendations_given;
mod roadmap_moves;
mod roadmap_shares;
mod roadmap_tasks;
pub mod roadmaps;
