//! The HTTP edge that every domain shares.

pub mod etag;
pub mod extract;
pub mod idempotency;
pub mod openapi;
pub mod page;
pub mod problem;
pub mod reply;
pub mod resource;
pub mod singleton;
pub mod validation;
pub mod week;
