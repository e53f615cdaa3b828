//! Black box over HTTP: every test drives a real server on a database of its own.

#![expect(missing_docs, clippy::unwrap_used, reason = "tests say it in their names, and may panic")]

mod architecture;
mod authorization;
mod coach;
mod contract;
mod database;
mod identity;
mod openapi;
mod plans;
mod rest;
mod schema;
mod seed;
mod support;
