//! visitnow, over HTTP.

pub mod conversations;
mod messages;
mod notifications;
pub mod people;
