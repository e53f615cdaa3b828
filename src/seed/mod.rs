//! Data that nobody typed: what all choose from, a small demo to look at, and volume to measure with.
//!
//! All write as the owner of the tables with triggers off, because their rows have a past: a job made months ago, with
//! a timeline that ends today. Every constraint still holds.

// Before the modules that it is used in.
/// Runs a file of `sql/seed` and counts the rows.
macro_rules! add {
    ($conn:expr, $report:expr, $file:literal, $($parameter:expr),+) => {
        $report.added +=
            sqlx::query_file!($file, $($parameter),+).execute(&mut *$conn).await?.rows_affected()
    };
}

mod demo;
mod reference;
mod volume;

pub use demo::{DEMO_EMAIL, DEMO_PASSWORD, DemoReport, demo, demo_once};
pub use reference::{ReferenceReport, reference};
pub use volume::{VolumeReport, volume};

use std::fmt::Display;

use sqlx::{AssertSqlSafe, PgConnection};

use crate::identity::secrets::password::PasswordError;

/// Why nothing could be seeded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The database could not be reached, or refused a statement.
    #[error("cannot seed: {0}")]
    Database(#[from] sqlx::Error),
    /// The password of the seeded people could not be hashed.
    #[error("cannot seed: {0}")]
    Password(#[from] PasswordError),
    /// A file of what is seeded is not JSON: a mistake of ours.
    #[error("cannot seed: the data are broken: {0}")]
    Demo(#[from] serde_json::Error),
    /// The generator of made-up rows stopped before its last batch.
    #[error("cannot seed: the generator of made-up rows stopped")]
    Generator,
}

/// Turns off whatever would stamp today's time on these rows, write their timelines or log them, within the
/// transaction: until [`enable_triggers`] before its end. Others may read the tables meanwhile, and wait to write.
async fn disable_triggers(conn: &mut PgConnection, tables: &[impl Display]) -> sqlx::Result<()> {
    set_triggers(conn, tables, "disable").await
}

async fn enable_triggers(conn: &mut PgConnection, tables: &[impl Display]) -> sqlx::Result<()> {
    set_triggers(conn, tables, "enable").await
}

/// Tables are named with their schemas.
async fn set_triggers(
    conn: &mut PgConnection,
    tables: &[impl Display],
    verb: &str,
) -> sqlx::Result<()> {
    let alter = |table: &_| format!("alter table {table} {verb} trigger user;");
    let statements: String = tables.iter().map(alter).collect();
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(conn).await?;
    Ok(())
}
