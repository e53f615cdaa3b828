//! migratio, over HTTP.

mod members;
pub mod people;
mod profiles;
mod questions;
mod quiz_answers;
mod quiz_complete;
pub mod quiz_responses;
