//! migratio, over HTTP.

mod members;
pub mod people;
mod profiles;
