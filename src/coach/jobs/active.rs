//! `GET /jobs/active`: jobs that nothing has come of yet, with their applications.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::Job;
use crate::{
    App,
    coach::Application,
    identity::Caller,
    rest::{
        extract::Params,
        page::{PageParams, Position},
        problem::Result,
        reply::Reply,
    },
};

/// A job with its applications.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActiveJob {
    /// The job.
    #[serde(flatten)]
    pub job: Job,
    /// Its newest 100 applications, newest first.
    pub applications: Vec<Application>,
}

pub async fn active(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        ActiveJob,
        "sql/coach/jobs/active.sql",
        caller.id,
        position.after,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |active| active.job.id))
}
