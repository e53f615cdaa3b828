//! Career goals: what a user wants to reach, with the steps to it.

mod milestones;

use aide::axum::{ApiRouter, routing::patch_with};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    filters, nested,
    rest::{
        extract::several,
        openapi::Describe,
        problem, resource,
        validation::rules::{date, lines},
    },
};

/// Something that the user wants to reach.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct CareerGoal {
    /// Id.
    pub id: Uuid,
    /// What is to be reached.
    pub title: String,
    /// What that means, and why.
    pub description: Option<String>,
    /// How far it has come.
    pub status: GoalStatus,
    /// How much it matters to the user, 0 (least) to 5.
    pub priority: i32,
    /// Progress in percent: the share of the milestones that are completed, rounded down, or as
    /// it was written where there are none.
    pub progress: i32,
    /// Day by which it shall be reached.
    pub target_date: Option<NaiveDate>,
    /// The steps to it.
    #[schemars(with = "Vec<Milestone>")]
    pub milestones: Json<Vec<Milestone>>,
    /// What the coach recommends.
    pub recommendations: Vec<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`CareerGoal`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CareerGoalInput {
    /// What is to be reached.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What that means, and why.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// How far it has come: `NOT_STARTED` at first, and kept where it is absent. `NOT_STARTED` has
    /// no progress and `COMPLETED` has all; progress that changes moves it along.
    pub status: Option<GoalStatus>,
    /// How much it matters to the user, 0 (least) to 5.
    #[serde(default)]
    #[validate(range(min = 0, max = 5))]
    pub priority: i32,
    /// Progress in percent: 0 at first, and kept where it is absent. It counts only where there
    /// are no milestones.
    #[validate(range(min = 0, max = 100))]
    pub progress: Option<i32>,
    /// Day by which it shall be reached.
    #[validate(custom(function = "date"))]
    pub target_date: Option<NaiveDate>,
    /// The steps to it, at most 100.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    pub milestones: Vec<Milestone>,
    /// What the coach recommends.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub recommendations: Vec<String>,
}

/// How far a career goal has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.goal_status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GoalStatus {
    /// Nothing is done yet.
    NotStarted,
    /// The user is at it.
    InProgress,
    /// It is reached.
    Completed,
    /// The user has given it up.
    Abandoned,
}

/// A step to a goal.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Milestone {
    /// What is to be done.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// It is done.
    #[serde(default)]
    pub completed: bool,
    /// Day by which it shall be done.
    #[validate(custom(function = "date"))]
    pub due_date: Option<NaiveDate>,
}

nested!(CareerGoal);

filters! {
    /// Which career goals are wanted.
    CareerGoalParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<GoalStatus>,
    }
}

crud! {
    CareerGoal, CareerGoalInput, "career goal",
    list: "sql/coach/career_goals/list.sql",
    filters: |params: CareerGoalParams| [&params.status as _],
    get: "sql/coach/career_goals/get.sql",
    insert: "sql/coach/career_goals/insert.sql",
    update: "sql/coach/career_goals/update.sql",
    delete: "sql/coach/career_goals/delete.sql",
    columns: |input| [
        input.title, input.description, input.status as _, input.priority, input.progress,
        input.target_date, Json(&input.milestones) as _, &input.recommendations,
    ],
    example: {
        "title": "Become a staff engineer", "description": "Technical lead of several teams.",
        "status": "IN_PROGRESS", "priority": 4, "targetDate": "2027-06-30",
        "milestones": [
            {"title": "Lead a project of two teams", "completed": true, "dueDate": "2026-09-30"},
            {"title": "Speak at a conference", "completed": false, "dueDate": null},
        ],
        "recommendations": ["Find a mentor outside your team."],
    },
}

/// Everything under `/career-goals`.
pub fn routes() -> ApiRouter<App> {
    let milestone = patch_with(milestones::patch, |op| {
        op.about("coach_career_goals_milestone", "Ticks or patches one milestone")
            .secured()
            .patches::<Milestone>()
            .row::<CareerGoal>()
            .example(json!({"completed": true}))
            .fails(resource::WRITE)
            .fails(&[&problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
    });
    resource::routes::<CareerGoal>("/career-goals", "coach_career_goals")
        .api_route("/career-goals/{id}/milestones/{index}", milestone)
}
