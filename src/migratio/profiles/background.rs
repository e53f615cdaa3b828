//! The sections of a profile that say what somebody brings: studies, work and means.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::{
    jsonb,
    migratio::rules::{country, ordered},
    rest::validation::rules::{broken_at, currency, date, lines, tags},
};

/// Something that somebody studied.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "studied", skip_on_field_errors = false))]
#[schemars(rename = "MigratioEducation")]
pub struct Education {
    /// What it leads to.
    pub degree_type: DegreeType,
    /// What was studied.
    #[validate(length(min = 1, max = 200))]
    pub field_of_study: Option<String>,
    /// Where.
    #[validate(length(min = 1, max = 200))]
    pub institution: Option<String>,
    /// In which country, by its code of two letters.
    #[validate(custom(function = "country"))]
    pub country_code: Option<String>,
    /// The first day.
    #[validate(custom(function = "date"))]
    pub start_date: Option<NaiveDate>,
    /// The last day.
    #[validate(custom(function = "date"))]
    pub end_date: Option<NaiveDate>,
    /// Whether it was completed.
    #[serde(default)]
    pub is_completed: bool,
    /// Whether it is recognized where you want to go.
    #[serde(default)]
    pub credential_status: CredentialStatus,
}

/// What studies lead to, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MigratioDegreeType")]
pub enum DegreeType {
    /// Secondary school.
    HighSchool,
    /// A certificate after school.
    Certificate,
    /// A diploma, an associate degree.
    Diploma,
    /// Bachelor.
    Bachelor,
    /// Master.
    Master,
    /// Doctorate.
    Doctorate,
}

/// Whether studies are recognized abroad.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "EducationCredentialStatus")]
pub enum CredentialStatus {
    /// Nobody was asked.
    #[default]
    NotAssessed,
    /// Somebody was asked.
    InProgress,
    /// They are.
    Recognized,
    /// They are not.
    NotRecognized,
}

/// Somewhere that somebody worked.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "worked", skip_on_field_errors = false))]
pub struct WorkExperience {
    /// Title of the position.
    #[validate(length(min = 1, max = 200))]
    pub job_title: String,
    /// Employer.
    #[validate(length(min = 1, max = 200))]
    pub employer: String,
    /// In which country, by its code of two letters.
    #[validate(custom(function = "country"))]
    pub country_code: Option<String>,
    /// The occupation's code in a classification.
    #[validate(length(min = 1, max = 200))]
    pub occupation_code: Option<String>,
    /// What was done, at most 100 lines.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub duties: Vec<String>,
    /// What it takes, at most 100.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub skills: Vec<String>,
    /// The first day.
    #[validate(custom(function = "date"))]
    pub start_date: NaiveDate,
    /// The last day; null: it goes on, or is not known.
    #[validate(custom(function = "date"))]
    pub end_date: Option<NaiveDate>,
    /// Whether it goes on.
    #[serde(default)]
    pub is_current_job: bool,
    /// Hours per week, 1 to 100; null: as usual for its type.
    #[validate(range(min = 1.0, max = 100.0))]
    pub hours_per_week: Option<f64>,
    /// How they were employed.
    #[serde(default)]
    pub employment_type: EmploymentType,
    /// What was done, in short, as extracted from the duties.
    #[validate(length(max = 2000))]
    pub extracted_duties_summary: Option<String>,
    /// What it takes, as extracted from the duties; at most 100.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub extracted_skills: Vec<String>,
}

/// How somebody is employed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MigratioEmploymentType")]
pub enum EmploymentType {
    /// The whole week.
    #[default]
    FullTime,
    /// A part of the week.
    PartTime,
    /// For themselves.
    SelfEmployed,
    /// For a time.
    Contract,
    /// To learn it.
    Internship,
}

/// What somebody has.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FinancialResources {
    /// The currency of all that follows, a code of ISO 4217.
    #[validate(custom(function = "currency"))]
    pub currency: String,
    /// What could be spent soon.
    #[validate(range(min = 0.0, max = 1_000_000_000_000.0))]
    pub liquid_assets: Option<f64>,
    /// What comes in per year.
    #[validate(range(min = 0.0, max = 1_000_000_000_000.0))]
    pub annual_income: Option<f64>,
    /// What everything is worth, less what is owed.
    #[validate(range(min = -1_000_000_000_000.0, max = 1_000_000_000_000.0))]
    pub net_worth: Option<f64>,
    /// Whether somebody else helps.
    #[serde(default)]
    pub has_financial_support: bool,
}

fn studied(one: &Education) -> Result<(), ValidationError> {
    ordered(one.start_date, one.end_date, "endDate", "must not be before startDate")
}

fn worked(one: &WorkExperience) -> Result<(), ValidationError> {
    if one.is_current_job && one.end_date.is_some() {
        return Err(broken_at("endDate", "order", "must be absent when isCurrentJob is true"));
    }
    ordered(Some(one.start_date), one.end_date, "endDate", "must not be before startDate")
}

jsonb!(FinancialResources);
