//! visitnow, over HTTP.

pub mod people;
