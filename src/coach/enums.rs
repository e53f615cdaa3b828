//! Closed lists that several resources of coach share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.work_mode", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WorkMode {
    /// Anywhere.
    Remote,
    /// Partly at the employer's.
    Hybrid,
    /// At the employer's.
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
    /// For a project, on one's own account.
    Contract,
    /// To learn.
    Internship,
    /// For a limited time.
    Temporary,
}

/// How well a skill is mastered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.skill_level", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SkillLevel {
    /// Has begun.
    Beginner,
    /// Works with help.
    Intermediate,
    /// Works alone.
    Advanced,
    /// Teaches others.
    Expert,
}
