//! Data that nobody typed: a small demo to look at, and volume to measure with.
//!
//! Both write as the owner of the tables with triggers off, because their rows have a past: a job made months ago, with
//! a timeline that ends today. Every constraint still holds.

mod demo;
mod volume;

pub use demo::{DEMO_EMAIL, DEMO_PASSWORD, DemoReport, demo, demo_once};
pub use volume::{VolumeReport, volume};

use sqlx::PgConnection;

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

/// Until [`enable_triggers`], or until the transaction is rolled back.
async fn disable_triggers(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_file!("sql/seed/disable_triggers.sql").execute(conn).await?;
    Ok(())
}

async fn enable_triggers(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_file!("sql/seed/enable_triggers.sql").execute(conn).await?;
    Ok(())
}
