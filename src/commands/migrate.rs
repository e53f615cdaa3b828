//! `trellis migrate`: the schema, up to date.

use super::Failure;
use crate::{config::MigrateArgs, database};

/// Applies what is pending, or lists it.
pub async fn run(args: &MigrateArgs) -> Result<(), Failure> {
    let url = args.database.url()?;
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
