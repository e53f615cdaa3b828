//! What a patient has had and has: a document inside the record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::{jsonb, rest::validation::rules::lines};

/// What somebody has had and has, in their words.
#[derive(Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MedicalHistory {
    /// Illnesses and conditions.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub conditions: Vec<String>,
    /// Operations.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub surgeries: Vec<String>,
    /// What is taken, and how much of it.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub medications: Vec<String>,
    /// What runs in the family.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub family_history: Vec<String>,
    /// What else a provider should know.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
}

jsonb!(MedicalHistory);
