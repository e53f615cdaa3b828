//! What else a roadmap keeps: how ready somebody is, how they settle, its PDF.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use validator::Validate;

use crate::{
    database::Timestamp,
    jsonb,
    rest::validation::rules::{document, url},
};

/// What the planning tools said.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanningAssessmentResults {
    /// How ready somebody is, 0 to 100.
    #[validate(range(min = 0.0, max = 100.0))]
    pub readiness_score: Option<f64>,
    /// What it will cost and from where that comes, in the tools' own words; at most 64 KiB.
    #[validate(custom(function = "document"))]
    pub financial_plan_summary: Option<Map<String, Value>>,
    /// Notes.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
}

/// How somebody has settled.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SettlementProgress {
    /// Where they live.
    #[validate(length(min = 1, max = 200))]
    pub housing_status: Option<String>,
    /// Whether they have an account at a bank there.
    pub banking_setup: Option<bool>,
    /// How many people and groups they have come to know.
    #[validate(range(min = 0, max = 100_000))]
    pub community_connections_made: Option<i32>,
    /// Notes.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
}

/// The latest PDF of a roadmap.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PdfExport {
    /// When it was made.
    pub last_generated_at: Timestamp,
    /// Where it is.
    pub storage_url: String,
    /// How many there were with it.
    pub version: i32,
}

/// What a client writes of a [`PdfExport`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PdfExportInput {
    /// Where it is.
    #[validate(custom(function = "url"))]
    pub storage_url: String,
}

jsonb!(PlanningAssessmentResults, SettlementProgress, PdfExport);
