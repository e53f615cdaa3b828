//! `POST /jobs/{id}/status`: the move of a job to another status.

use schemars::JsonSchema;
use serde::Deserialize;
use validator::Validate;

use super::{Job, JobStatus};
use crate::moves;

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

moves! {
    /// A job moves to another status.
    SetStatus(Job), "sql/coach/jobs/status.sql",
    |input: StatusInput| [input.status as _, input.reason],
    example: {"status": "APPLIED", "reason": "Ann recommended me"},
}
