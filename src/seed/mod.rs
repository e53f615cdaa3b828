//! Data that nobody typed: a small demo to look at, and volume to measure with.
//!
//! Both write as the owner of the tables with triggers off, because their rows have a past: a job made months ago, with
//! a timeline that ends today. Every constraint still holds.

mod demo;
mod volume;

pub use demo::{DEMO_EMAIL, DEMO_PASSWORD, DemoReport, demo, demo_once};
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
    /// A file of the demo is not JSON: a mistake of ours.
    #[error("cannot seed: the demo data are broken: {0}")]
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
