//! migratio, over HTTP.

pub mod people;
pub mod recommendations;
mod recommendations_given;
