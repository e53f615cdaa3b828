//! The domains of Trellis. A new one joins here, in one line, and is served, exported and erased.

use aide::axum::ApiRouter;
use futures_util::{future::BoxFuture, stream::BoxStream};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{App, coach, identity, mentorship, migratio, server::worker::Worker, smatrx, visitnow};

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
    /// What the server clears away once its time is over.
    pub chores: &'static [Chore],
    /// Who works off its queues.
    pub workers: &'static [Worker],
    /// What it keeps encrypted, table by table.
    pub encrypted: &'static [&'static [EncryptedColumn]],
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

/// Something that the server clears away, so many rows at once, until there is nothing left.
#[derive(Debug)]
pub struct Chore {
    /// What, for the metrics.
    pub what: &'static str,
    /// Clears some.
    pub clear: for<'c> fn(&'c mut PgConnection) -> BoxFuture<'c, sqlx::Result<Cleared>>,
}

/// What one statement cleared.
#[derive(Debug)]
pub struct Cleared {
    /// False: another server is at it, and nothing was done.
    pub ours: bool,
    /// Rows removed.
    pub removed: i64,
}

/// A column whose values are encrypted for their row and this column.
#[derive(Debug)]
pub struct EncryptedColumn {
    /// Its name, with table and schema: what its values are bound to, beside the row's id.
    pub name: &'static str,
    /// Values of rows after this owner and id, in that order.
    pub read: ReadSealed,
    /// Puts another value in its place; false when it has changed meanwhile.
    pub write: WriteSealed,
}

/// An encrypted value and whose it is.
#[derive(Debug)]
pub struct Sealed {
    /// The row's owner.
    pub owner: Uuid,
    /// The row's id.
    pub id: Uuid,
    /// The encrypted value.
    pub value: Vec<u8>,
}

/// Reads encrypted values.
pub type ReadSealed =
    for<'c> fn(&'c mut PgConnection, (Uuid, Uuid), i64) -> BoxFuture<'c, sqlx::Result<Vec<Sealed>>>;

/// Replaces an encrypted value.
pub type WriteSealed =
    for<'c> fn(&'c mut PgConnection, Sealed, Vec<u8>) -> BoxFuture<'c, sqlx::Result<bool>>;

/// Encrypted columns of one table as [`EncryptedColumn`]s. `read` takes the column, the owner and the id behind which to go
/// on, and the number of rows; `write` the owner, the id, the column, the value that it replaces and the new one.
#[macro_export]
macro_rules! encrypted {
    ($table:literal, [$($column:literal),+ $(,)?], read: $read:literal, write: $write:literal $(,)?) => {
        &[$($crate::registry::EncryptedColumn {
            name: concat!($table, ".", $column),
            read: |conn, (owner, id), rows| {
                ::futures_util::FutureExt::boxed(
                    ::sqlx::query_file_as!(
                        $crate::registry::Sealed, $read, $column, owner, id, rows
                    )
                    .fetch_all(conn),
                )
            },
            write: |conn, row, value| {
                ::futures_util::FutureExt::boxed(async move {
                    ::sqlx::query_file_scalar!(
                        $write, row.owner, row.id, $column, row.value, value
                    )
                    .fetch_optional(conn)
                    .await
                    .map(|id| id.is_some())
                })
            },
        }),+]
    };
}

/// Every domain.
pub const DOMAINS: &[Domain] = &[
    identity::DOMAIN,
    coach::DOMAIN,
    smatrx::DOMAIN,
    mentorship::DOMAIN,
    visitnow::DOMAIN,
    migratio::DOMAIN,
];

/// Every table that holds something of a user, named with its schema.
pub fn tables() -> impl Iterator<Item = String> {
    DOMAINS
        .iter()
        .flat_map(|domain| domain.tables.iter().map(|table| format!("{}.{table}", domain.name)))
}
