//! Positions held, on a person's profile.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::WorkMode;
use crate::{
    crud,
    database::Timestamp,
    nested,
    rest::validation::rules::{date, lines, period},
};

/// A position held.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Experience {
    /// Id.
    pub id: Uuid,
    /// Employer.
    pub company: String,
    /// Title of the position.
    pub position: String,
    /// What the work was.
    pub description: Option<String>,
    /// Where it was.
    pub location: Option<String>,
    /// Where the work was done.
    pub work_mode: Option<WorkMode>,
    /// First day.
    pub start_date: NaiveDate,
    /// Last day; null while it is current, or when it is not known.
    pub end_date: Option<NaiveDate>,
    /// The position is still held.
    pub is_current: bool,
    /// What was achieved.
    pub achievements: Vec<String>,
    /// What was worked with.
    pub technologies: Vec<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of an [`Experience`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "ends"))]
pub struct ExperienceInput {
    /// Employer.
    #[validate(length(min = 1, max = 200))]
    pub company: String,
    /// Title of the position.
    #[validate(length(min = 1, max = 200))]
    pub position: String,
    /// What the work was.
    #[validate(length(max = 10000))]
    pub description: Option<String>,
    /// Where it was.
    #[validate(length(min = 1, max = 200))]
    pub location: Option<String>,
    /// Where the work was done.
    pub work_mode: Option<WorkMode>,
    /// First day.
    #[validate(custom(function = "date"))]
    pub start_date: NaiveDate,
    /// Last day, not before the first.
    #[validate(custom(function = "date"))]
    pub end_date: Option<NaiveDate>,
    /// The position is still held; then it has no last day.
    #[serde(default)]
    pub is_current: bool,
    /// What was achieved.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub achievements: Vec<String>,
    /// What was worked with.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub technologies: Vec<String>,
}

fn ends(input: &ExperienceInput) -> Result<(), ValidationError> {
    period(input.start_date, input.end_date, input.is_current)
}

nested!(Experience);

crud! {
    Experience, ExperienceInput, "experience",
    list: "sql/coach/experiences/list.sql",
    get: "sql/coach/experiences/get.sql",
    insert: "sql/coach/experiences/insert.sql",
    update: "sql/coach/experiences/update.sql",
    delete: "sql/coach/experiences/delete.sql",
    columns: |input| [
        input.company, input.position, input.description, input.location, input.work_mode as _,
        input.start_date, input.end_date, input.is_current, &input.achievements, &input.technologies,
    ],
    example: {
        "company": "Acme", "position": "Engineer", "description": "The platform team.",
        "location": "Lisbon", "workMode": "HYBRID", "startDate": "2021-02-01", "isCurrent": true,
        "achievements": ["Halved the build time"], "technologies": ["Rust", "PostgreSQL"],
    },
}
