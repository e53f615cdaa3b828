//! `trellis seed`: demo data, and volume.

use super::Failure;
use crate::{
    config::{SeedArgs, required},
    identity::secrets::password::Passwords,
    seed,
};

/// Loads the demo data, or adds volume.
pub async fn run(args: &SeedArgs) -> Result<(), Failure> {
    let url = args.migrate_database_url.as_deref().or(args.database_url.as_deref());
    let url = required(url, "DATABASE_URL", "postgres://user:password@host/database")?;
    let passwords = Passwords::default();
    match args.users {
        None => println!("{}", seed::demo(url, &passwords).await?),
        Some(users) => println!("{}", seed::volume(url, users, &passwords).await?),
    }
    Ok(())
}
