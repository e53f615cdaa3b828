//! `GET /jobs/board`: the Kanban board.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Job, JobStatus};
use crate::{
    App,
    identity::Caller,
    rest::{problem::Result, reply::Reply},
};

/// The jobs of one status.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JobBoardColumn")]
pub struct Column {
    /// The status.
    pub status: JobStatus,
    /// How many jobs have it.
    pub count: i64,
    /// The newest 20 of them, newest first.
    pub jobs: Vec<Job>,
}

pub async fn board(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let columns = sqlx::query_file_as!(Column, "sql/coach/jobs/board.sql", caller.id)
        .fetch_all(&mut *conn)
        .await?;
    Reply::json(&columns)
}
