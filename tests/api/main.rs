//! Black box over HTTP: every test drives a real server on a database of its own.

#![expect(clippy::similar_names, clippy::unwrap_used, reason = "tests may panic")]

mod architecture;
mod authorization;
mod coach;
mod commands;
mod contract;
mod database;
mod faults;
mod identity;
mod mentorship;
mod migratio;
mod openapi;
mod plans;
mod rest;
mod schema;
mod seed;
mod smatrx;
mod support;
mod visitnow;
