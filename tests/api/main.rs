//! Black box over HTTP: every test drives a real server on a database of its own.

#![expect(missing_docs, clippy::unwrap_used, reason = "tests say it in their names, and may panic")]

mod coach;
mod database;
mod identity;
mod rest;
mod seed;
mod support;
