//! `GET /jobs/stats`: how the search is going, in numbers.

use axum::extract::State;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::JobStatus;
use crate::{
    App,
    identity::Caller,
    nested,
    rest::{problem::Result, reply::Reply},
};

/// How the search is going.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "JobStats")]
pub struct Stats {
    /// How many jobs have each status; every status is listed.
    pub by_status: Vec<StatusCount>,
    /// Jobs applied to: those with `appliedAt`.
    pub applied: i64,
    /// Those of them that the employer answered: an application of theirs has
    /// `responseReceivedAt`, or their timeline shows an interview, an offer, an acceptance or a
    /// rejection. What a step back corrected does not count.
    pub answered: i64,
    /// `answered` out of `applied`, 0 to 1; null as long as nothing was applied to.
    pub response_rate: Option<f64>,
    /// Jobs whose timeline shows an offer or an acceptance that no step back corrected, whatever
    /// became of it.
    pub offers: i64,
    /// Applications submitted in each of the last 12 weeks, this one included; oldest first.
    pub applications_per_week: Vec<WeekCount>,
}

/// How many jobs have a status.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "JobStatusCount")]
pub struct StatusCount {
    /// The status.
    pub status: JobStatus,
    /// How many jobs have it.
    pub count: i64,
}

/// How many applications were submitted in a week.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename = "ApplicationWeekCount", rename_all = "camelCase")]
pub struct WeekCount {
    /// The Monday that it begins on, in UTC.
    pub week_start: NaiveDate,
    /// How many.
    pub count: i64,
}

nested!(StatusCount, WeekCount);

pub async fn stats(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let stats = sqlx::query_file_as!(Stats, "sql/coach/jobs/stats.sql", caller.id)
        .fetch_one(&mut *conn)
        .await?;
    Reply::json(&stats)
}
