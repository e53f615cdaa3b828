//! migratio, over HTTP.

pub mod people;
mod roadmap_moves;
mod roadmap_shares;
mod roadmap_tasks;
pub mod roadmaps;
mod roadmaps_made;
