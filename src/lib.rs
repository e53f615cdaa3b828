//! Trellis: one PostgreSQL-backed REST backend for five products.
//!
//! The map of the house:
//! - [`commands`] is what the command line does, [`config`] its settings;
//! - [`server`] serves, [`app`] is what every handler shares;
//! - [`database`] connects, migrates, pools, and turns database errors into API errors;
//! - [`rest`] is the HTTP edge of all domains: problems, pages, patches, tags, the generic handlers;
//! - [`mail`] and [`channels`] tell people something, wherever they are reached;
//! - [`identity`] is the one sign-in of all products;
//! - [`coach`], [`smatrx`], [`mentorship`], [`visitnow`] and [`migratio`] are products: one file per resource, its queries
//!   under `sql/<domain>/<resource>/`;
//! - [`registry`] lists the domains, once; [`seed`] fills a database for a demonstration, or for load.

pub mod app;
pub mod channels;
pub mod coach;
pub mod commands;
pub mod config;
pub mod database;
pub mod identity;
pub mod mail;
pub mod mentorship;
pub mod migratio;
pub mod registry;
pub mod rest;
pub mod seed;
pub mod server;
pub mod smatrx;
pub mod visitnow;

pub use app::App;
