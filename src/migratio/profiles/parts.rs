//! What a profile says about itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{database::Timestamp, jsonb};

/// How much somebody knows of immigration, by what they have been through; least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "migratio.expertise_level", rename_all = "lowercase")]
pub enum ExpertiseLevel {
    /// They never applied for anything.
    Beginner,
    /// They applied once, or have travelled.
    Intermediate,
    /// They applied more than once.
    Advanced,
}

/// What somebody's latest recommendations were about.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreliminaryScores {
    /// When they were made.
    pub timestamp: Timestamp,
    /// The kinds of programmes that fit best, the best first.
    pub top_pathway_types: Vec<String>,
    /// The countries that fit best, the best first.
    pub top_countries: Vec<Uuid>,
}

/// About the profile.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProfileMetadata {
    /// How much of each of the eight sections is filled in, in percent.
    #[serde(default)]
    pub completion_by_section: BTreeMap<String, i32>,
    /// What you agree to, by name.
    #[serde(default)]
    pub data_consent: BTreeMap<String, bool>,
    /// The 10 sessions of the quiz that were completed last, the newest first.
    #[serde(default)]
    pub assessment_history: Vec<Assessment>,
}

/// A session of the quiz that was completed.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "CompletedAssessment")]
pub struct Assessment {
    /// The session.
    pub assessment_id: Uuid,
    /// When it was completed.
    pub completed_at: Timestamp,
}

jsonb!(PreliminaryScores, ProfileMetadata);
