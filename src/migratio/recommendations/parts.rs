//! The nested documents of a set of recommendations: why, what is missing, what it costs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::{Validate, ValidationError};

use crate::{
    database::Timestamp,
    jsonb,
    migratio::Cost,
    rest::validation::rules::{broken, lines},
};

/// The largest value that a gap may name, in bytes of JSON.
const VALUE_BYTES: usize = 4096;

/// That a set of recommendations is no longer the latest.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ArchivedRecommendation")]
pub struct Archived {
    /// That it is archived.
    pub is_archived: bool,
    /// Since when.
    pub archived_at: Timestamp,
    /// Why.
    pub reason: ArchiveReason,
}

/// Why a set of recommendations is archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveReason {
    /// There is a newer one.
    Superseded,
    /// Its owner archived it.
    UserAction,
}

/// Why a programme is recommended.
#[derive(Debug, PartialEq, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "RecommendationExplanation")]
pub struct Explanation {
    /// In short.
    #[validate(length(min = 1, max = 2000))]
    pub summary: String,
    /// What speaks for it, at most 100.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    pub strengths: Vec<Strength>,
    /// What stands in the way, at most 100.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    pub challenges: Vec<Challenge>,
    /// What counts most, at most 100.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub key_factors: Vec<String>,
}

/// Something that speaks for a programme.
#[derive(Debug, PartialEq, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "RecommendationStrength")]
pub struct Strength {
    /// The criterion, or the wish.
    #[validate(length(min = 1, max = 200))]
    pub factor: String,
    /// How it is met.
    #[validate(length(min = 1, max = 2000))]
    pub description: String,
}

/// Something that stands in the way.
#[derive(Debug, PartialEq, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "RecommendationChallenge")]
pub struct Challenge {
    /// The criterion.
    #[validate(length(min = 1, max = 200))]
    pub factor: String,
    /// How it is not met.
    #[validate(length(min = 1, max = 2000))]
    pub description: String,
    /// What to do about it.
    #[validate(length(max = 2000))]
    pub suggestion: Option<String>,
}

/// What is missing.
#[derive(Debug, PartialEq, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "RecommendationGapAnalysis")]
pub struct GapAnalysis {
    /// Whether anything is.
    pub has_gaps: bool,
    /// What, at most 100.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    pub gaps: Vec<Gap>,
    /// How hard it is to become eligible; null: nothing is missing.
    pub overall_difficulty: Option<GapDifficulty>,
    /// How long that takes.
    #[validate(length(min = 1, max = 200))]
    pub estimated_time_to_eligibility: Option<String>,
}

/// A criterion that is not met, or of which the profile does not tell.
#[derive(Debug, PartialEq, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "RecommendationGap")]
pub struct Gap {
    /// What the criterion is called.
    #[validate(length(min = 1, max = 200))]
    pub criterion_name: String,
    /// What the profile says, in the criterion's unit; null: nothing.
    #[validate(custom(function = "value"))]
    pub current_value: Value,
    /// What is asked for: the bound that is missed; null: none is named.
    #[validate(custom(function = "value"))]
    pub required_value: Value,
    /// The two in words.
    #[validate(length(min = 1, max = 2000))]
    pub gap_description: String,
    /// How hard it is to close.
    pub difficulty: GapDifficulty,
    /// How long that takes.
    #[validate(length(min = 1, max = 200))]
    pub time_to_address: String,
    /// What to do about it, at most 100.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub suggestions: Vec<String>,
}

/// How hard it is to close a gap, least first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum GapDifficulty {
    /// Within months, or by filling in the profile.
    Low,
    /// Within a year or two.
    Medium,
    /// It takes years, or cannot be.
    High,
}

/// What a programme costs.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EstimatedCost {
    /// What for, at most 50.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    pub items: Vec<Cost>,
    /// All of it in US dollars; null: one of the currencies has no rate.
    #[validate(range(min = 0.0, max = 1_000_000_000_000.0))]
    pub amount_usd: Option<f64>,
}

fn value(value: &Value) -> Result<(), ValidationError> {
    if value.to_string().len() <= VALUE_BYTES {
        return Ok(());
    }
    Err(broken("value", "must be at most 4 KiB of JSON"))
}

jsonb!(Archived, Explanation, GapAnalysis, EstimatedCost);
