//! Closed lists that several resources of coach share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.work_mode", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WorkMode {
    /// From anywhere.
    Remote,
    /// Partly at the employer's place.
    Hybrid,
    /// At the employer's place.
    Onsite,
}

/// The kind of employment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.job_type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobType {
    /// The whole week.
    FullTime,
    /// A part of the week.
    PartTime,
    /// For a piece of work or a time, by contract.
    Contract,
    /// To learn.
    Internship,
    /// Until a day that is known from the start.
    Temporary,
}
