//! `GET /interviews/upcoming`: what is next.

use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Interview;
use crate::{
    App,
    database::Timestamp,
    identity::Caller,
    nested,
    rest::{
        extract::Params,
        page::{PageParams, Position},
        problem::Result,
        reply::Reply,
    },
};

/// An interview with what it is for.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct UpcomingInterview {
    /// The interview.
    #[serde(flatten)]
    pub interview: Interview,
    /// Title of the job.
    pub job_title: String,
    /// The job's employer.
    pub company: String,
}

nested!(UpcomingInterview);

pub async fn upcoming(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<(Timestamp, Uuid)>::of(&params)?;
    let (at, id) = position.after.unzip();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        UpcomingInterview,
        "sql/coach/interviews/upcoming.sql",
        caller.id,
        at,
        id,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |row| (row.interview.scheduled_at, row.interview.id)))
}
