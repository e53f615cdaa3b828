//! migratio, over HTTP.

pub mod people;
