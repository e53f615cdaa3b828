//! migratio, over HTTP.

mod by_hand;
pub mod people;
