//! What content managers write of a programme.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use validator::Validate;

use super::{
    ApplicationStep, Cost, EligibilityCriterion, PredictedProcessingTime, PredictedSuccessRate,
    ProcessingTime, SuccessRate,
};
use crate::rest::validation::rules::{date, lines, tags, url};

/// What a client writes of a [`Program`](super::Program).
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProgramInput {
    /// What it is called: once in its country, whatever the case.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// The country it leads to.
    pub country_id: Uuid,
    /// What kind it is: skilled-worker, family, study, … People want pathways of these types.
    #[validate(length(min = 1, max = 200))]
    pub category: String,
    /// What kind of that.
    #[validate(length(min = 1, max = 200))]
    pub subcategory: Option<String>,
    /// What it is about.
    #[validate(length(max = 32_000))]
    pub description: Option<String>,
    /// What is asked of who applies, at most 50.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    pub eligibility_criteria: Vec<EligibilityCriterion>,
    /// How long it takes, as told.
    #[validate(nested)]
    pub processing_time: Option<ProcessingTime>,
    /// How long it will take, as a model predicts.
    #[validate(nested)]
    pub predicted_processing_time: Option<PredictedProcessingTime>,
    /// What it costs, at most 50.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    pub costs: Vec<Cost>,
    /// What is to be done, at most 50, in order.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    pub application_steps: Vec<ApplicationStep>,
    /// What speaks for it.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub benefits: Vec<String>,
    /// What speaks against it.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub limitations: Vec<String>,
    /// Whether it leads to permanent residency.
    #[serde(default)]
    pub pathway_to_residency: bool,
    /// Whether it leads to citizenship.
    #[serde(default)]
    pub pathway_to_citizenship: bool,
    /// Where the authorities tell of it.
    #[validate(custom(function = "url"))]
    pub official_website: Option<String>,
    /// When what is said here was last verified.
    #[validate(custom(function = "date"))]
    pub last_updated: Option<NaiveDate>,
    /// Where it is from.
    #[validate(length(min = 1, max = 200))]
    pub data_source: Option<String>,
    /// How many succeeded, as told.
    #[validate(nested)]
    pub success_rate: Option<SuccessRate>,
    /// How many will succeed, whoever applies, as a model predicts.
    #[validate(nested)]
    pub predicted_success_rate: Option<PredictedSuccessRate>,
    /// How much support there is after arrival, 1 (little) to 3.
    #[validate(range(min = 1, max = 3))]
    pub post_arrival_support_level: Option<i32>,
    /// What else it is found by, whatever the case.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub tags: Vec<String>,
    /// Whether it is open: only then it is listed and recommended. True when absent.
    #[serde(default = "yes")]
    pub is_active: bool,
}

const fn yes() -> bool {
    true
}
