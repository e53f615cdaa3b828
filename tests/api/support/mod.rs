//! The harness: a server on a fresh database per test, and a type per kind of caller.

mod app;
mod caller;
mod cluster;
mod response;
pub mod source;

pub use app::TestApp;
pub use caller::{Anonymous, Caller, User};
pub use response::{Response, assert_holds};
