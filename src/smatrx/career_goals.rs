//! Career goals: what a user wants to reach. One that is reached is an achievement.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    crud,
    database::Timestamp,
    filters,
    rest::{extract::several, validation::rules::date},
};

/// Something that the user wants to reach.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SmatrxCareerGoal")]
pub struct CareerGoal {
    /// Id.
    pub id: Uuid,
    /// What is to be reached.
    pub title: String,
    /// What that means, and why.
    pub description: Option<String>,
    /// What it is about.
    pub r#type: GoalType,
    /// Day by which it shall be reached.
    pub target_date: Option<NaiveDate>,
    /// What has become of it: completed exactly when its progress is 100.
    pub status: GoalStatus,
    /// How much it matters.
    pub priority: GoalPriority,
    /// Progress in percent.
    pub progress: i32,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`CareerGoal`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "SmatrxCareerGoalInput")]
pub struct CareerGoalInput {
    /// What is to be reached.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What that means, and why.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What it is about.
    pub r#type: GoalType,
    /// Day by which it shall be reached.
    #[validate(custom(function = "date"))]
    pub target_date: Option<NaiveDate>,
    /// What has become of it: `active` at first, and kept where it is absent. `completed` sets the
    /// progress to 100, unless that changes, too.
    pub status: Option<GoalStatus>,
    /// How much it matters: `medium` at first, and kept where it is absent.
    pub priority: Option<GoalPriority>,
    /// Progress in percent: 0 at first, and kept where it is absent. At 100 the goal is completed;
    /// a completed one that falls below is active again.
    #[validate(range(min = 0, max = 100))]
    pub progress: Option<i32>,
}

/// What a goal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "smatrx.goal_type", rename_all = "snake_case")]
pub enum GoalType {
    /// To learn something.
    Skill,
    /// To become something.
    Role,
    /// To be certified.
    Certification,
    /// To make something.
    Project,
}

/// What has become of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SmatrxGoalStatus")]
#[sqlx(type_name = "smatrx.goal_status", rename_all = "snake_case")]
pub enum GoalStatus {
    /// The user is at it.
    Active,
    /// It is reached.
    Completed,
    /// The user has put it off.
    Paused,
    /// The user has given it up.
    Cancelled,
}

/// How much a goal matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "smatrx.goal_priority", rename_all = "snake_case")]
pub enum GoalPriority {
    /// It can wait; worth 25 points.
    Low,
    /// It matters; worth 50 points.
    Medium,
    /// It matters most; worth 100 points.
    High,
}

filters! {
    /// Which career goals are wanted.
    CareerGoalParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<GoalStatus>,
        /// Only these types: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub r#type: Vec<GoalType>,
        /// Only these priorities: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub priority: Vec<GoalPriority>,
    }
}

crud! {
    CareerGoal, CareerGoalInput, "career goal",
    list: "sql/smatrx/career_goals/list.sql",
    filters: |params: CareerGoalParams| [
        &params.status as _, &params.r#type as _, &params.priority as _,
    ],
    get: "sql/smatrx/career_goals/get.sql",
    insert: "sql/smatrx/career_goals/insert.sql",
    update: "sql/smatrx/career_goals/update.sql",
    delete: "sql/smatrx/career_goals/delete.sql",
    columns: |input| [
        input.title, input.description, input.r#type as _, input.target_date, input.status as _,
        input.priority as _, input.progress,
    ],
    example: {
        "title": "Learn Rust", "description": "Well enough to ship a service.", "type": "skill",
        "targetDate": "2027-03-31", "status": "active", "priority": "high", "progress": 20,
    },
}
