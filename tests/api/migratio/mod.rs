//! migratio, over HTTP.

mod by_hand;
mod dashboard;
mod document_checklists;
mod document_numbers;
pub mod documents;
mod members;
pub mod people;
pub mod people;
mod profiles;
mod questions;
mod quiz_answers;
mod quiz_complete;
pub mod quiz_responses;
pub mod recommendations;
mod recommendations_given;
mod resource_lists;
mod resources;
mod roadmap_moves;
mod roadmap_shares;
mod roadmap_tasks;
pub mod roadmaps;
mod roadmaps_made;
mod verification;
