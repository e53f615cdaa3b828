//! `trellis admin create` and `trellis rotate-keys`.

use super::{Failure, serve::keyring};
use crate::{
    config::{AdminCommand, RotateArgs, SettingError},
    database::{Pool, app_options},
    identity::{
        admin::create_admin,
        rotation,
        secrets::{cipher::Cipher, password::Passwords},
    },
    rest::problem::Problem,
};

/// Makes a platform administrator and says how to sign in.
pub async fn create(AdminCommand::Create(args): AdminCommand) -> Result<(), Failure> {
    let pool = pool(args.database.url()?)?;
    let passwords = Passwords::default();
    let mut conn = pool.get().await.map_err(unreachable_database)?;
    let created = create_admin(&mut conn, &passwords, &args.email, args.password).await?;
    match (created.is_new, created.password) {
        (true, Some(password)) => println!("made {}, password {password}", args.email),
        (true, None) => println!("made {}", args.email),
        (false, _) => println!("{} is an administrator", args.email),
    }
    Ok(())
}

/// Encrypts stored secrets anew under the newest key.
pub async fn rotate_keys(args: &RotateArgs) -> Result<(), Failure> {
    let pool = pool(args.database.url()?)?;
    let cipher = Cipher::new(&keyring(args.secret.as_deref())?);
    for column in rotation::rotate_keys(&pool, &cipher).await.map_err(unreachable_database)? {
        println!(
            "{}: {} encrypted anew, {} were already, {} unreadable with these secrets",
            column.column, column.rotated, column.current, column.unreadable
        );
    }
    Ok(())
}

fn pool(url: &str) -> Result<Pool, SettingError> {
    let options =
        app_options(url).map_err(|error| SettingError(format!("DATABASE_URL: {error}")))?;
    Ok(Pool::new(options, 2))
}

/// The log has the cause; a problem is meant for clients.
fn unreachable_database(_: Problem) -> Failure {
    "the database cannot be used; see the log above".into()
}
