//! The section of a profile that says which languages somebody speaks.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::{
    migratio::rules::ordered,
    rest::validation::rules::{broken, date, language},
};

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
#[validate(schema(function = "tested", skip_on_field_errors = false))]
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

fn tested(one: &FormalTest) -> Result<(), ValidationError> {
    ordered(Some(one.test_date), one.expiry_date, "expiryDate", "must not be before testDate")
}

/// At most one language is the one that somebody speaks most.
pub fn one_primary(languages: &[LanguageProficiency]) -> Result<(), ValidationError> {
    if languages.iter().filter(|one| one.is_primary).count() <= 1 {
        return Ok(());
    }
    Err(broken("primary", "must have at most one that isPrimary"))
}
