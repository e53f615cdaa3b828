//! `GET /jobs/{id}/status-changes`: the timeline of a job.

use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::JobStatus;
use crate::{
    App,
    database::Timestamp,
    identity::Caller,
    nested,
    rest::{
        extract::{Id, Params, Path},
        page::{PageParams, Position},
        problem::{Problem, Result},
        reply::Reply,
    },
};

/// A change of a job's status.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct StatusChange {
    /// Id.
    pub id: Uuid,
    /// The job.
    pub job_id: Uuid,
    /// Status before; null at the job's creation.
    pub from_status: Option<JobStatus>,
    /// Status after.
    pub to_status: JobStatus,
    /// Why, in the user's words.
    pub reason: Option<String>,
    /// When it changed.
    pub changed_at: Timestamp,
    /// Who changed it; null when that is not known any more.
    pub changed_by_id: Option<Uuid>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

nested!(StatusChange);

/// Where a page of the timeline ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ByChangedAt {
    id: Uuid,
    changed_at: Timestamp,
}

pub async fn timeline(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<ByChangedAt>::of(&params)?;
    let after = position.after.as_ref();
    let mut conn = app.pool.get().await?;
    let found = sqlx::query_file!(
        "sql/coach/status_changes/list.sql",
        caller.id,
        id,
        after.map(|last| last.id),
        after.map(|last| last.changed_at),
        position.rows,
    )
    .fetch_optional(&mut *conn)
    .await?;
    let found = found.ok_or_else(|| Problem::not_found("job"))?;
    Reply::json(
        &position
            .page(found.changes, |last| ByChangedAt { id: last.id, changed_at: last.changed_at }),
    )
}
