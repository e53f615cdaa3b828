//! Proving an e-mail address.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::secrets::token::hash_opaque;
use crate::{
    App,
    rest::{
        extract::Valid,
        problem::{Problem, Result},
        reply::Reply,
    },
};

/// A token out of a mail.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Verification {
    /// The token out of the mail.
    #[validate(length(min = 1, max = 200))]
    pub token: String,
}

/// Marks the address that the token was sent to as proven.
pub async fn verify(State(app): State<App>, Valid(input): Valid<Verification>) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    use_up(&mut conn, &input.token).await?.ok_or_else(bad_token)?;
    Ok(Reply::no_content())
}

/// 422 for a token that is unknown, used, replaced or too old: which of them is nobody's business.
pub fn bad_token() -> Problem {
    Problem::invalid("/token", "token", "is not valid, or no longer: ask for another mail")
}

async fn use_up(conn: &mut PgConnection, token: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_file_scalar!(
        "sql/identity/one_time_tokens/verify_email.sql",
        &hash_opaque(token)[..]
    )
    .fetch_optional(conn)
    .await
}
