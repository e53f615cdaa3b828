//! `GET /dashboard`: the home screen in one answer.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CareerGoal, interviews::UpcomingInterview, jobs::StatusCount};
use crate::{
    App,
    database::Timestamp,
    identity::Caller,
    nested,
    rest::{openapi::Describe, problem::Result, reply::Reply},
};

/// What a user wants to see first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dashboard {
    /// Every status with its count of jobs.
    pub jobs_by_status: Vec<StatusCount>,
    /// The next 5 interviews, soonest first.
    pub upcoming_interviews: Vec<UpcomingInterview>,
    /// How many applications have waited for an answer for over 14 days.
    pub awaiting_answer_count: i64,
    /// The 20 of them that have waited longest, longest first.
    pub awaiting_answer: Vec<AwaitingAnswer>,
    /// The 20 most important goals in progress, most important first.
    pub goals_in_progress: Vec<CareerGoal>,
}

/// An application that nobody has answered.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct AwaitingAnswer {
    /// The application.
    pub id: Uuid,
    /// The job applied for.
    pub job_id: Uuid,
    /// Title of the job.
    pub job_title: String,
    /// The job's employer.
    pub company: String,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// How many whole days ago that was.
    pub days_waiting: i32,
}

nested!(AwaitingAnswer);

/// `/dashboard`.
pub fn routes() -> ApiRouter<App> {
    let dashboard = get_with(dashboard, |op| {
        op.about("coach_dashboard", "Reads what the home screen shows").secured().ok::<Dashboard>()
    });
    ApiRouter::new().api_route("/dashboard", dashboard)
}

async fn dashboard(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let dashboard = sqlx::query_file_as!(Dashboard, "sql/coach/dashboard.sql", caller.id)
        .fetch_one(&mut *conn)
        .await?;
    Reply::json(&dashboard)
}
