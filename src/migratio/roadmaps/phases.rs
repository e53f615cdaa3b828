//! The phases of a roadmap, and what is in them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{migratio::PhaseName, rest::validation::rules::date};

/// A part of the way.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoadmapPhase {
    /// Which part.
    pub phase_name: PhaseName,
    /// How far it has come; follows its tasks.
    pub status: RoadmapPhaseStatus,
    /// When it begins, as estimated.
    pub start_date: Option<NaiveDate>,
    /// When it ends, as estimated.
    pub end_date: Option<NaiveDate>,
    /// What is to be done, at most 100.
    pub tasks: Vec<RoadmapTask>,
    /// What is asked for, when the roadmap was made.
    pub documents: Vec<RoadmapDocument>,
    /// What is reached with it.
    pub milestones: Vec<RoadmapMilestone>,
}

/// How far a part of the way has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RoadmapPhaseStatus {
    /// Those before it come first.
    Pending,
    /// It is its turn, or somebody is at it already.
    Active,
    /// All of its tasks are done.
    Completed,
}

/// Something to be done.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoadmapTask {
    /// Id.
    pub id: Uuid,
    /// What.
    pub title: String,
    /// What that means.
    pub description: Option<String>,
    /// How far it has come.
    pub status: RoadmapTaskStatus,
    /// Day by which it shall be done.
    pub due_date: Option<NaiveDate>,
    /// Day on which it was done (UTC).
    pub completed_date: Option<NaiveDate>,
    /// Notes.
    pub notes: Option<String>,
}

/// What a client writes of a [`RoadmapTask`].
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoadmapTaskInput {
    /// What.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What that means.
    #[validate(length(max = 2000))]
    pub description: Option<String>,
    /// How far it has come.
    #[serde(default)]
    pub status: RoadmapTaskStatus,
    /// Day by which it shall be done.
    #[validate(custom(function = "date"))]
    pub due_date: Option<NaiveDate>,
    /// Notes.
    #[validate(length(max = 2000))]
    pub notes: Option<String>,
}

/// How far a task has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RoadmapTaskStatus {
    /// Nothing is done yet.
    #[default]
    Pending,
    /// Somebody is at it.
    InProgress,
    /// It is done.
    Completed,
    /// Something is in the way.
    Blocked,
}

/// A document that is asked for.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoadmapDocument {
    /// The programme's requirement.
    pub requirement_id: Option<Uuid>,
    /// What kind of document it is.
    pub document_type_id: Option<Uuid>,
    /// What is asked for, in the programme's words.
    pub name: String,
    /// Whether there is no way without it.
    pub is_required: bool,
}

/// Something that is reached.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoadmapMilestone {
    /// Id.
    pub id: Uuid,
    /// What.
    pub title: String,
    /// Day by which it shall be reached.
    pub target_date: Option<NaiveDate>,
    /// Day on which it was reached (UTC); follows the tasks.
    pub achieved_date: Option<NaiveDate>,
}
