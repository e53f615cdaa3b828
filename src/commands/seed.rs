//! `trellis seed`: demo data, and volume.

use super::Failure;
use crate::{config::SeedArgs, identity::secrets::password::Passwords, seed};

/// Loads the demo data, or adds volume.
pub async fn run(args: &SeedArgs) -> Result<(), Failure> {
    let url = args.database.url()?;
    let passwords = Passwords::default();
    match args.users {
        None => println!("{}", seed::demo(url, &passwords).await?),
        Some(users) => println!("{}", seed::volume(url, users, &passwords).await?),
    }
    Ok(())
}
