//! The nested documents of a programme.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::{
    jsonb,
    migratio::PhaseName,
    rest::validation::rules::{self, broken, broken_at, currency, date},
};

/// Something that is asked of who applies. Met where what the profile says is within the bounds.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "within", skip_on_field_errors = false))]
pub struct EligibilityCriterion {
    /// What of the profile it looks at.
    pub criterion_type: CriterionType,
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub criterion_name: String,
    /// Which of these: a language's tag, `annualIncome`, a relationship, …; null: the usual one of its type.
    #[validate(length(min = 1, max = 200))]
    pub subject: Option<String>,
    /// At least.
    pub min_value: Option<f64>,
    /// At most.
    pub max_value: Option<f64>,
    /// What the values are in: years, a currency, CEFR, the name of a test, …
    #[validate(length(min = 1, max = 200))]
    pub unit: Option<String>,
    /// How much it counts among the others, 0 to 100.
    #[validate(range(min = 0.0, max = 100.0))]
    pub weight: f64,
    /// Whether there is no way without it.
    pub is_required: bool,
}

/// What of a profile a criterion looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CriterionType {
    /// Age in years.
    Age,
    /// The highest degree completed, by its level of ISCED 2011.
    Education,
    /// Years of work.
    WorkExperience,
    /// How well a language is spoken.
    Language,
    /// What somebody has.
    Financial,
    /// Family who live there.
    Family,
    /// Anything else.
    Other,
}

fn within(criterion: &EligibilityCriterion) -> Result<(), ValidationError> {
    match (criterion.min_value, criterion.max_value) {
        (Some(min), Some(max)) if min > max => {
            Err(broken("range", "must not ask for more at least than at most"))
        }
        _ => Ok(()),
    }
}

/// How long a programme takes, as told.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "in_order"))]
pub struct ProcessingTime {
    /// Months at least.
    #[validate(range(min = 0.0, max = 600.0))]
    pub min_months: Option<f64>,
    /// Months at most.
    #[validate(range(min = 0.0, max = 600.0))]
    pub max_months: Option<f64>,
    /// Months on average.
    #[validate(range(min = 0.0, max = 600.0))]
    pub average_months: Option<f64>,
    /// Who tells it.
    #[validate(length(min = 1, max = 200))]
    pub source: Option<String>,
    /// When that was last looked at.
    #[validate(custom(function = "date"))]
    pub last_verified: Option<NaiveDate>,
}

fn in_order(time: &ProcessingTime) -> Result<(), ValidationError> {
    match (time.min_months, time.max_months) {
        (Some(min), Some(max)) if min > max => {
            Err(broken_at("maxMonths", "order", "must not be less than minMonths"))
        }
        _ => Ok(()),
    }
}

/// How long a programme will take, as a model predicts.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PredictedProcessingTime {
    /// Months.
    #[validate(range(min = 0.0, max = 600.0))]
    pub estimate_months: f64,
    /// How sure that is, 0 to 1.
    #[validate(range(min = 0.0, max = 1.0))]
    pub confidence: Option<f64>,
    /// When it was predicted.
    #[validate(custom(function = "date"))]
    pub last_calculated: Option<NaiveDate>,
    /// By what.
    #[validate(length(min = 1, max = 200))]
    pub model_used: Option<String>,
}

/// A part of what a programme costs.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "ProgramCost")]
pub struct Cost {
    /// What for: application, biometrics, health insurance, …
    #[validate(length(min = 1, max = 200))]
    pub fee_type: String,
    /// How much.
    #[validate(range(min = 0.0, max = 1_000_000_000.0))]
    pub amount: f64,
    /// In which currency, a code of ISO 4217.
    #[validate(custom(function = "currency"))]
    pub currency: String,
    /// Whether it is paid back when the application fails.
    #[serde(default)]
    pub is_refundable: bool,
}

/// Something to be done.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplicationStep {
    /// What.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What that means.
    #[validate(length(max = 2000))]
    pub description: Option<String>,
    /// In which part of the way; null: while the application is prepared.
    pub phase: Option<PhaseName>,
    /// How many days it takes, at most 3,650; null: two weeks are counted.
    #[validate(range(min = 0.0, max = 3650.0))]
    pub estimated_days: Option<f64>,
    /// Where it is done or explained.
    #[validate(custom(function = "rules::url"))]
    pub url: Option<String>,
}

/// How many succeeded, as told.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SuccessRate {
    /// The part who did, 0 to 1.
    #[validate(range(min = 0.0, max = 1.0))]
    pub rate: f64,
    /// Who tells it.
    #[validate(length(min = 1, max = 200))]
    pub source: Option<String>,
    /// Of which year.
    #[validate(range(min = 1900, max = 2200))]
    pub year: Option<i32>,
    /// More about it.
    #[validate(length(max = 2000))]
    pub notes: Option<String>,
}

/// How many will succeed, whoever applies, as a model predicts.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PredictedSuccessRate {
    /// The part who will, 0 to 1.
    #[validate(range(min = 0.0, max = 1.0))]
    pub base_rate: f64,
    /// How sure that is, 0 to 1.
    #[validate(range(min = 0.0, max = 1.0))]
    pub confidence: Option<f64>,
    /// When it was predicted.
    #[validate(custom(function = "date"))]
    pub last_calculated: Option<NaiveDate>,
    /// By what.
    #[validate(length(min = 1, max = 200))]
    pub model_used: Option<String>,
}

jsonb!(ProcessingTime, PredictedProcessingTime, SuccessRate, PredictedSuccessRate);
