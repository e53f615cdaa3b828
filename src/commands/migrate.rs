//! `trellis migrate`: the schema, up to date.

use super::Failure;
use crate::{
    config::{MigrateArgs, required},
    database,
};

/// Applies what is pending, or lists it.
pub async fn run(args: &MigrateArgs) -> Result<(), Failure> {
    let url = args.migrate_database_url.as_deref().or(args.database_url.as_deref());
    let url = required(url, "DATABASE_URL", "postgres://user:password@host/database")?;
    let (names, done) = match args.dry_run {
        true => (database::pending(url).await?, "pending"),
        false => (database::migrate(url).await?, "applied"),
    };
    if names.is_empty() {
        println!("nothing pending");
    }
    for name in names {
        println!("{done} {name}");
    }
    Ok(())
}
