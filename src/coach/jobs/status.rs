//! `POST /jobs/{id}/status`: the move of a job to another status.

use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{Job, JobStatus};
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Id, Path, Post},
        idempotency,
        problem::{Problem, Result},
        reply::Reply,
    },
};

/// Where a job moves to.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "JobStatusInput")]
pub struct StatusInput {
    /// The new status. The one that the job has already is no move: nothing is added to the
    /// timeline.
    pub status: JobStatus,
    /// Why, in the user's words.
    #[validate(length(min = 1, max = 10_000))]
    pub reason: Option<String>,
}

pub async fn set(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Post { input, key }: Post<StatusInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let job = move_to(conn, caller.id, id, &input).await?;
        Reply::row(&job.ok_or_else(|| Problem::not_found("job"))?)
    })
    .await
}

async fn move_to(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
    input: &StatusInput,
) -> sqlx::Result<Option<Job>> {
    sqlx::query_file_as!(
        Job,
        "sql/coach/jobs/status.sql",
        owner,
        id,
        input.status as _,
        input.reason,
    )
    .fetch_optional(conn)
    .await
}
