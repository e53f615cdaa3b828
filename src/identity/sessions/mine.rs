//! Where the caller is signed in.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with},
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::revoke;
use crate::{
    App,
    database::Timestamp,
    identity::Caller,
    rest::{
        extract::{Id, Params, Path},
        openapi::Describe,
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// One sign-in that is alive, however often its tokens were refreshed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Id; the `sid` of its access tokens.
    pub id: Uuid,
    /// What the client told of itself.
    pub device_info: Value,
    /// The address that it was last refreshed from.
    pub ip: Option<String>,
    /// The User-Agent that it was last refreshed by.
    pub user_agent: Option<String>,
    /// When the user signed in.
    pub created_at: Timestamp,
    /// When it was last refreshed.
    pub last_used_at: Timestamp,
    /// When it ends unless it is refreshed.
    pub expires_at: Timestamp,
    /// This request came through it.
    pub current: bool,
}

/// `/me/sessions`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("identity_sessions_list", "Lists, newest first, where you are signed in")
            .secured()
            .ok::<Page<Session>>()
            .fails(&[&problem::MALFORMED])
    });
    let delete = delete_with(delete, |op| {
        op.about("identity_sessions_delete", "Signs out one session")
            .description("Its access token stays good for what is left of its ten minutes.")
            .secured()
            .no_content()
            .fails(&[&problem::NOT_FOUND])
    });
    ApiRouter::new().api_route("/me/sessions", list).api_route("/me/sessions/{id}", delete)
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Session,
        "sql/identity/sessions/list.sql",
        caller.id,
        position.after,
        position.rows,
        caller.session,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |session| session.id))
}

async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let ended = revoke(&mut conn, caller.id, id).await?;
    ended.then(Reply::no_content).ok_or_else(|| Problem::not_found("session"))
}
