//! Salaries: documents inside profiles and skills.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::{
    jsonb,
    rest::validation::rules::{broken_at, currency},
};

/// The salary that somebody wants.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "expected"))]
pub struct SalaryExpectation {
    /// Least per year, in whole units of the currency.
    #[validate(range(min = 0))]
    pub min: Option<i32>,
    /// Most per year, not below the least.
    #[validate(range(min = 0))]
    pub max: Option<i32>,
    /// Currency, ISO 4217.
    #[validate(custom(function = "currency"))]
    pub currency: String,
}

/// What those earn who have a skill.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "average"))]
pub struct SalaryRange {
    /// Least per year, in whole units of the currency.
    #[validate(range(min = 0))]
    pub min: Option<i32>,
    /// Most per year, not below the least.
    #[validate(range(min = 0))]
    pub max: Option<i32>,
    /// Currency, ISO 4217.
    #[validate(custom(function = "currency"))]
    pub currency: String,
    /// Where.
    #[validate(length(min = 1, max = 200))]
    pub region: Option<String>,
}

fn expected(salary: &SalaryExpectation) -> Result<(), ValidationError> {
    ordered(salary.min, salary.max)
}

fn average(salary: &SalaryRange) -> Result<(), ValidationError> {
    ordered(salary.min, salary.max)
}

fn ordered(min: Option<i32>, max: Option<i32>) -> Result<(), ValidationError> {
    match (min, max) {
        (Some(min), Some(max)) if max < min => {
            Err(broken_at("max", "order", "must not be below min"))
        }
        _ => Ok(()),
    }
}

jsonb!(SalaryExpectation, SalaryRange);
