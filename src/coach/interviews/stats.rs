//! `GET /interviews/stats`: how interviews go.

use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{InterviewOutcome, InterviewType};
use crate::{
    App,
    identity::Caller,
    nested,
    rest::{problem::Result, reply::Reply},
};

/// Counts of interviews.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InterviewStats {
    /// All of them.
    pub total: i64,
    /// Share of the passed in those passed or failed, 0 to 1; null before there are any.
    pub pass_rate: Option<f64>,
    /// Every type with its count.
    pub by_type: Vec<TypeCount>,
    /// Every outcome with its count.
    pub by_outcome: Vec<OutcomeCount>,
    /// How many had which outcome, type by type; nothing of what there is none of.
    pub by_type_and_outcome: Vec<TypeOutcomeCount>,
}

/// Interviews of a type.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct TypeCount {
    /// The type.
    pub interview_type: InterviewType,
    /// How many.
    pub count: i64,
}

/// Interviews with an outcome.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeCount {
    /// The outcome.
    pub outcome: InterviewOutcome,
    /// How many.
    pub count: i64,
}

/// Interviews of a type with an outcome.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct TypeOutcomeCount {
    /// The type.
    pub interview_type: InterviewType,
    /// The outcome.
    pub outcome: InterviewOutcome,
    /// How many.
    pub count: i64,
}

nested!(TypeCount, OutcomeCount, TypeOutcomeCount);

pub async fn stats(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let stats = sqlx::query_file_as!(InterviewStats, "sql/coach/interviews/stats.sql", caller.id)
        .fetch_one(&mut *conn)
        .await?;
    Reply::json(&stats)
}
