//! migratio, over HTTP.

mod dashboard;
mod document_checklists;
mod document_numbers;
pub mod documents;
pub mod people;
mod resource_lists;
mod resources;
mod verification;
