//! Signing in with a password.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{
    User, UserStatus,
    attempts::{self, Attempt, Subjects},
    client::Client,
    credentials::trimmed,
    secrets::password::Verdict,
    sessions::{NewSession, SignedIn},
};
use crate::{
    App,
    rest::{
        extract::Valid,
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// Who wants to sign in.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Login {
    /// E-mail address, telephone number or username.
    #[serde(deserialize_with = "trimmed")]
    #[validate(length(min = 1, max = 254))]
    pub login: String,
    /// Password.
    #[validate(length(min = 1, max = 128))]
    pub password: String,
}

/// What is known of a login before its password is verified.
struct Found {
    id: Option<Uuid>,
    password_hash: Option<String>,
    status: Option<UserStatus>,
    roles: Vec<String>,
    blocked_seconds: Option<i64>,
}

/// Unknown logins take the same work and get the same answer as wrong passwords.
pub async fn login(
    State(app): State<App>,
    client: Client,
    Valid(input): Valid<Login>,
) -> Result<Reply> {
    let subjects = Subjects::new(Attempt::SignIn, &input.login, client.ip);
    let mut conn = app.pool.get().await?;
    let found = find(&mut conn, &input.login, &subjects).await?;
    drop(conn); // hashing takes its time, and needs no database
    if let Some(seconds) = found.blocked_seconds {
        return Err(attempts::blocked(seconds));
    }
    let verdict = app.passwords.verify(&input.password, found.password_hash.as_deref()).await?;
    let (Some(id), Some(hash), false) = (found.id, found.password_hash, verdict == Verdict::Wrong)
    else {
        attempts::failed(&mut *app.pool.get().await?, &subjects).await?;
        return Err(refused());
    };
    if found.status != Some(UserStatus::Active) {
        return Err(Problem::new(&problem::FORBIDDEN).detail("this account is switched off"));
    }
    let better = match verdict {
        Verdict::RightButOutdated => Some(app.passwords.hash(&input.password).await?),
        _ => None,
    };
    let (family, session) = (Uuid::now_v7(), NewSession::of(client));
    let mut conn = app.pool.get().await?;
    let user = begin(&mut conn, id, (&hash, better.as_deref()), &subjects, family, &session)
        .await?
        .ok_or_else(|| attempts::blocked(1))?;
    let tokens = session.tokens(&app.tokens, id, family, found.roles);
    Reply::json(&SignedIn { tokens, user })
}

fn refused() -> Problem {
    Problem::new(&problem::UNAUTHENTICATED).detail("login or password is wrong")
}

async fn find(conn: &mut PgConnection, login: &str, subjects: &Subjects) -> sqlx::Result<Found> {
    sqlx::query_file_as!(
        Found,
        "sql/identity/users/find_login.sql",
        login,
        &subjects.account[..],
        &subjects.address[..],
    )
    .fetch_one(conn)
    .await
}

/// Stores the session; none when the account changed, or was blocked, during the hashing.
async fn begin(
    conn: &mut PgConnection,
    user: Uuid,
    (verified, better): (&str, Option<&str>),
    subjects: &Subjects,
    family: Uuid,
    session: &NewSession,
) -> sqlx::Result<Option<User>> {
    sqlx::query_file_as!(
        User,
        "sql/identity/sessions/sign_in.sql",
        user,
        verified,
        better,
        &subjects.account[..],
        &subjects.address[..],
        family,
        &session.hash[..],
        session.expires_at,
        session.ip,
        session.user_agent,
    )
    .fetch_optional(conn)
    .await
}
