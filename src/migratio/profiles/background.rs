//! The sections of a profile that say what somebody brings: studies, work, languages, means, and what they have been
//! through.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::{
    jsonb,
    migratio::rules::country,
    rest::validation::rules::{self, currency, date, language, lines, tags},
};

/// Something that somebody studied.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
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

/// A language that somebody speaks.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LanguageProficiency {
    /// The language, as a tag of BCP 47.
    #[validate(custom(function = "language"))]
    pub language: String,
    /// Whether it is the one you speak most.
    #[serde(default)]
    pub is_primary: bool,
    /// How well you speak it.
    pub proficiency_level: ProficiencyLevel,
    /// A test that says so.
    #[validate(nested)]
    pub formal_test: Option<FormalTest>,
}

/// How well somebody speaks a language, by the Common European Framework of Reference, least first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[schemars(rename = "LanguageLevel")]
pub enum ProficiencyLevel {
    /// Breakthrough.
    A1,
    /// Waystage.
    A2,
    /// Threshold.
    B1,
    /// Vantage.
    B2,
    /// Advanced.
    C1,
    /// Mastery.
    C2,
    /// A first language.
    #[serde(rename = "native")]
    Native,
}

/// A test of a language.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FormalTest {
    /// Which: IELTS, CELPIP, TEF, Goethe, …
    #[validate(length(min = 1, max = 200))]
    pub test_type: String,
    /// When it was taken.
    #[validate(custom(function = "date"))]
    pub test_date: NaiveDate,
    /// Until when it counts; null: for ever.
    #[validate(custom(function = "date"))]
    pub expiry_date: Option<NaiveDate>,
    /// What came of it.
    #[validate(nested)]
    pub results: TestResults,
}

/// What came of a test, on its own scale.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "LanguageTestResults")]
pub struct TestResults {
    /// Speaking.
    #[validate(range(min = 0.0, max = 1000.0))]
    pub speaking: Option<f64>,
    /// Listening.
    #[validate(range(min = 0.0, max = 1000.0))]
    pub listening: Option<f64>,
    /// Reading.
    #[validate(range(min = 0.0, max = 1000.0))]
    pub reading: Option<f64>,
    /// Writing.
    #[validate(range(min = 0.0, max = 1000.0))]
    pub writing: Option<f64>,
    /// All together.
    #[validate(range(min = 0.0, max = 1000.0))]
    pub overall: Option<f64>,
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

jsonb!(FinancialResources, ImmigrationHistory);
