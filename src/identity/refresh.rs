//! Staying signed in, and signing out.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{
    Caller,
    client::Client,
    secrets::token::hash_opaque,
    sessions::{self, NewSession},
};
use crate::{
    App,
    rest::{
        extract::Valid,
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// A refresh token to exchange.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Refresh {
    /// As given by the last sign-in or refresh.
    #[validate(length(min = 1, max = 200))]
    pub refresh_token: String,
}

/// Whom a refresh token belongs to, and their roles as they are now.
struct Rotated {
    user_id: Uuid,
    family_id: Uuid,
    roles: Vec<String>,
}

/// A refresh token for its successor.
pub async fn refresh(
    State(app): State<App>,
    client: Client,
    Valid(input): Valid<Refresh>,
) -> Result<Reply> {
    let successor = NewSession::of(client);
    let mut conn = app.pool.get().await?;
    let owner = rotate(&mut conn, &input.refresh_token, &successor).await?.ok_or_else(|| {
        Problem::new(&problem::UNAUTHENTICATED).detail("the refresh token is not valid: sign in")
    })?;
    Reply::json(&successor.tokens(&app.tokens, owner.user_id, owner.family_id, owner.roles))
}

/// Ends this sign-in.
pub async fn logout(State(app): State<App>, caller: Caller) -> Result<Reply> {
    sessions::revoke(&mut *app.pool.get().await?, caller.id, caller.session).await?;
    Ok(Reply::no_content())
}

/// Ends every sign-in of the caller's.
pub async fn logout_all(State(app): State<App>, caller: Caller) -> Result<Reply> {
    sessions::revoke_all(&mut *app.pool.get().await?, caller.id, caller.id).await?;
    Ok(Reply::no_content())
}

async fn rotate(
    conn: &mut PgConnection,
    token: &str,
    successor: &NewSession,
) -> sqlx::Result<Option<Rotated>> {
    sqlx::query_file_as!(
        Rotated,
        "sql/identity/sessions/rotate.sql",
        &hash_opaque(token)[..],
        &successor.hash[..],
        successor.expires_at,
        successor.ip,
        successor.user_agent,
    )
    .fetch_optional(conn)
    .await
}
