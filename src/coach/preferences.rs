//! What somebody looks for in their next job: a document inside the profile.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use super::{JobType, WorkMode};
use crate::{
    jsonb,
    rest::validation::rules::{broken_at, date, lines},
};

/// What is looked for.
#[derive(Debug, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "salary"))]
pub struct Preferences {
    /// Title of the position.
    #[validate(length(min = 1, max = 200))]
    pub desired_job_title: Option<String>,
    /// Least salary per year, in whole units of the currency.
    #[validate(range(min = 0))]
    pub desired_salary_min: Option<i32>,
    /// Most salary per year, not below the least.
    #[validate(range(min = 0))]
    pub desired_salary_max: Option<i32>,
    /// Where the work is done.
    pub desired_work_mode: Option<WorkMode>,
    /// Kinds of employment; none means any.
    #[serde(default)]
    #[validate(length(max = 5))]
    pub desired_job_types: Vec<JobType>,
    /// Would move for it.
    #[serde(default)]
    pub willing_to_relocate: bool,
    /// Places.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub preferred_locations: Vec<String>,
    /// First day of availability.
    #[validate(custom(function = "date"))]
    pub available_from: Option<NaiveDate>,
}

fn salary(input: &Preferences) -> Result<(), ValidationError> {
    match (input.desired_salary_min, input.desired_salary_max) {
        (Some(min), Some(max)) if max < min => {
            Err(broken_at("desiredSalaryMax", "order", "must not be below desiredSalaryMin"))
        }
        _ => Ok(()),
    }
}

jsonb!(Preferences);
