//! Proof that it is really the user, before what a borrowed access token must not be able to do.

use super::{
    Caller,
    attempts::{self, Attempt, Subjects},
    client::Client,
    secrets::password::Verdict,
};
use crate::{
    App,
    rest::problem::{self, Problem, Result},
};

/// The hash of the password that was proven; none for an account that has no password.
///
/// Statements that rely on it compare it again, so that it cannot have changed in between.
#[derive(Clone)]
pub struct Proof(pub Option<String>);

/// Asks for the password or, of an account that has none, for a sign-in of the last ten minutes.
///
/// `pointer` is where the body holds the password. A wrong one is 422, and too many of them 429: tries are counted before
/// they are made, so that many at once gain nothing.
pub async fn prove(
    app: &App,
    caller: &Caller,
    client: &Client,
    password: Option<&str>,
    pointer: &'static str,
) -> Result<Proof> {
    let mut conn = app.pool.get().await?;
    let found = sqlx::query_file!("sql/identity/me/proof.sql", caller.id, caller.session)
        .fetch_optional(&mut *conn)
        .await?
        .ok_or_else(gone)?;
    // Hashing takes its time; others need the connection meanwhile.
    drop(conn);
    let Some(hash) = found.password_hash else {
        if found.fresh {
            return Ok(Proof(None));
        }
        let detail =
            "this account has no password: sign in again, then repeat this within ten minutes";
        return Err(Problem::new(&problem::FORBIDDEN).detail(detail));
    };
    let password = password
        .ok_or_else(|| Problem::invalid(pointer, "required", "is required for this change"))?;
    let subjects = Subjects::new(Attempt::Proof, &caller.id.to_string(), client.ip);
    attempts::admit(&mut *app.pool.get().await?, &subjects).await?;
    if app.passwords.verify(password, Some(&hash)).await? == Verdict::Wrong {
        return Err(Problem::invalid(pointer, "wrong", "is not your password"));
    }
    attempts::forget(&mut *app.pool.get().await?, &subjects).await?;
    Ok(Proof(Some(hash)))
}

/// 401: the token has outlived its account.
pub fn gone() -> Problem {
    Problem::new(&problem::UNAUTHENTICATED).detail("this account no longer exists")
}
