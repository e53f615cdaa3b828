//! The end of the caller's account.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::Acquire;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App,
    database::Connection,
    identity::{
        Caller, User,
        client::Client,
        proof::{Proof, gone, prove},
    },
    rest::{
        extract::Valid,
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// What erasing an account takes.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The password; absent of an account that has none.
    #[validate(length(max = 128))]
    password: Option<String>,
}

pub async fn delete(
    State(app): State<App>,
    caller: Caller,
    client: Client,
    Valid(erasure): Valid<Erasure>,
) -> Result<Reply> {
    let proof = prove(&app, &caller, &client, erasure.password.as_deref(), "/password").await?;
    let conn = app.pool.get().await?;
    // On its own: it is finished even if that takes longer than a request may.
    tokio::spawn(erase(conn, caller.id, proof))
        .await
        .map_err(|error| Problem::internal(&error))?
        .map(|()| Reply::no_content())
}

async fn erase(mut conn: Connection, user: Uuid, Proof(hash): Proof) -> Result<()> {
    let mut transaction = conn.begin().await?;
    sqlx::query_file!("sql/identity/me/allow_time.sql").fetch_one(&mut *transaction).await?;
    let erased = sqlx::query_file_scalar!("sql/identity/me/delete.sql", user, hash)
        .fetch_optional(&mut *transaction)
        .await?;
    if erased.is_none() {
        User::get(&mut transaction, user).await?.ok_or_else(gone)?;
        let detail = "the password was changed by another request";
        return Err(Problem::new(&problem::CONFLICT).detail(detail));
    }
    transaction.commit().await?;
    Ok(())
}
