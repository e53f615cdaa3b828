//! The domains of Trellis. A new one joins here, in one line, and is served, exported and erased.

use aide::axum::ApiRouter;
use futures_util::stream::BoxStream;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{App, coach, identity};

/// What the rest of the house must know of a domain.
#[derive(Debug)]
pub struct Domain {
    /// Name of its PostgreSQL schema and of its part of the path.
    pub name: &'static str,
    /// Its routes, below `/v1`.
    pub routes: fn() -> ApiRouter<App>,
    /// Every table that holds something of a user, in the order in which `export` gives them.
    pub tables: &'static [&'static str],
    /// Streams what is stored about a user, table by table, without secrets.
    pub export: Export,
}

/// One row of a domain's `export.sql`.
#[derive(Debug)]
pub struct ExportedRow {
    /// Table, without the schema.
    pub table: String,
    /// The row as a JSON object.
    pub row: String,
}

/// Streams the rows of one user.
pub type Export =
    for<'c> fn(&'c mut PgConnection, Uuid) -> BoxStream<'c, sqlx::Result<ExportedRow>>;

/// Every domain.
pub const DOMAINS: &[Domain] = &[identity::DOMAIN, coach::DOMAIN];
