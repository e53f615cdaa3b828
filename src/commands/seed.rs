//! `trellis seed`: reference data, demo people, and volume.

use super::Failure;
use crate::{config::SeedArgs, identity::secrets::password::Passwords, seed};

/// Loads the reference data alone or with the demo's people, or adds volume.
pub async fn run(args: &SeedArgs) -> Result<(), Failure> {
    let url = args.database.url()?;
    if args.reference {
        println!("{}", seed::reference(url).await?);
        return Ok(());
    }
    let passwords = Passwords::default();
    match args.users {
        None => println!("{}", seed::demo(url, &passwords).await?),
        Some(users) => println!("{}", seed::volume(url, users, &passwords).await?),
    }
    Ok(())
}
