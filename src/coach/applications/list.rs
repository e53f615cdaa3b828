//! The list of applications, with its filters.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use validator::Validate;

use super::{Application, ApplicationStatus};
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Params, several},
        page::Position,
        problem::Result,
        reply::Reply,
    },
};

/// Which applications are wanted.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplicationParams {
    /// Only these statuses: repeated, or separated by commas.
    #[serde(default, deserialize_with = "several")]
    pub status: Vec<ApplicationStatus>,
    /// Only those for this job.
    pub job_id: Option<Uuid>,
    /// How many items at most, 1 to 100; 20 when absent.
    #[validate(range(min = 1, max = 100))]
    pub limit: Option<u8>,
    /// `nextCursor` of the page before.
    #[validate(length(max = 1000))]
    pub cursor: Option<String>,
}

pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<ApplicationParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::new(params.limit, params.cursor.as_deref())?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Application,
        "sql/coach/applications/list.sql",
        caller.id,
        position.after,
        position.rows,
        params.status as _,
        params.job_id,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |application| application.id))
}
