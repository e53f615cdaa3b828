//! The section of a profile that says what somebody has been through.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::{
    jsonb,
    migratio::rules::{country, ordered},
    rest::validation::rules::{self, date},
};

/// What somebody has been through.
#[derive(Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImmigrationHistory {
    /// What was applied for, at most 100.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    pub previous_applications: Vec<PreviousApplication>,
    /// Where they have been, at most 100.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    pub travel_history: Vec<Travel>,
    /// Where they overstayed, or broke other rules; at most 100.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    pub violations: Vec<Violation>,
}

/// Something that was applied for.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviousApplication {
    /// In which country, by its code of two letters.
    #[validate(custom(function = "country"))]
    pub country_code: String,
    /// For what.
    #[validate(length(min = 1, max = 200))]
    pub program_name: Option<String>,
    /// When.
    #[validate(custom(function = "date"))]
    pub applied_on: Option<NaiveDate>,
    /// What came of it.
    pub outcome: ApplicationOutcome,
}

/// What came of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "ImmigrationOutcome")]
pub enum ApplicationOutcome {
    /// Nothing yet.
    Pending,
    /// Yes.
    Approved,
    /// No.
    Refused,
    /// It was taken back.
    Withdrawn,
}

/// Somewhere that somebody has been.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "travelled", skip_on_field_errors = false))]
pub struct Travel {
    /// The country, by its code of two letters.
    #[validate(custom(function = "country"))]
    pub country_code: String,
    /// The first day.
    #[validate(custom(function = "date"))]
    pub entry_date: Option<NaiveDate>,
    /// The last day.
    #[validate(custom(function = "date"))]
    pub exit_date: Option<NaiveDate>,
    /// What for.
    #[validate(length(min = 1, max = 200))]
    pub purpose: Option<String>,
}

/// A rule of immigration that was broken.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Violation {
    /// In which country, by its code of two letters.
    #[validate(custom(function = "country"))]
    pub country_code: String,
    /// When.
    #[validate(custom(function = "rules::date"))]
    pub date: Option<NaiveDate>,
    /// What happened.
    #[validate(length(min = 1, max = 1000))]
    pub description: String,
}

fn travelled(one: &Travel) -> Result<(), ValidationError> {
    ordered(one.entry_date, one.exit_date, "exitDate", "must not be before entryDate")
}

jsonb!(ImmigrationHistory);
