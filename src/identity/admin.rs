//! The first platform administrator, made on the command line.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use sqlx::PgConnection;
use uuid::Uuid;

use super::secrets::{
    password::{PasswordError, Passwords},
    random,
    strength::{PasswordProblem, check_strength},
};
use crate::rest::validation::rules;

/// An administrator.
#[derive(Debug)]
pub struct Created {
    /// The user.
    pub id: Uuid,
    /// Whether the account is new; one that was there keeps its password.
    pub is_new: bool,
    /// The password that was made for a new account, if none was given. Shown once, stored nowhere.
    pub password: Option<String>,
}

/// Why there is no administrator.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// It has no @, say.
    #[error("this is not an e-mail address")]
    Email,
    /// The password would not be taken from anybody else either.
    #[error("the password {0}")]
    Weak(#[from] PasswordProblem),
    /// Somebody may have registered with an address that is not theirs.
    #[error(
        "there is such an account, but it is not active or its e-mail address is not verified: have it verified first"
    )]
    Unfit,
    /// The account was made by somebody else at this very moment.
    #[error("another account with this address is just being made: try again")]
    Busy,
    /// The password could not be hashed.
    #[error("{0}")]
    Password(#[from] PasswordError),
    /// The database did not take it.
    #[error("{0}")]
    Database(#[from] sqlx::Error),
}

/// Makes an account with the role platform/admin, or gives the role to the one that has this address. Harmless to
/// repeat.
pub async fn create_admin(
    conn: &mut PgConnection,
    passwords: &Passwords,
    email: &str,
    password: Option<String>,
) -> Result<Created, AdminError> {
    rules::email(email).map_err(|_| AdminError::Email)?;
    let made = password.is_none().then(|| BASE64_URL_SAFE_NO_PAD.encode(random::<18>()));
    let password = password.or_else(|| made.clone()).unwrap_or_default();
    check_strength(&password)?;
    let hash = passwords.hash(&password).await?;
    let account = sqlx::query_file!("sql/identity/admin/create.sql", email, hash)
        .fetch_optional(conn)
        .await?
        .ok_or(AdminError::Busy)?;
    if !account.fit {
        return Err(AdminError::Unfit);
    }
    let password = made.filter(|_| account.is_new);
    Ok(Created { id: account.id, is_new: account.is_new, password })
}
