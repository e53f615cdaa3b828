//! Courses of study, on a person's profile.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    crud,
    database::Timestamp,
    nested,
    rest::validation::rules::{date, lines, period},
};

/// A course of study.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Education {
    /// Id.
    pub id: Uuid,
    /// School or university.
    pub institution: String,
    /// Degree sought or taken.
    pub degree: String,
    /// Subject.
    pub field_of_study: String,
    /// Where it was.
    pub location: Option<String>,
    /// First day.
    pub start_date: NaiveDate,
    /// Last day; null while it is current, or when it is not known.
    pub end_date: Option<NaiveDate>,
    /// The study goes on.
    pub is_current: bool,
    /// Grade point average.
    pub gpa: Option<f64>,
    /// What was achieved.
    pub achievements: Vec<String>,
    /// Courses taken.
    pub coursework: Vec<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of an [`Education`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "ends"))]
pub struct EducationInput {
    /// School or university.
    #[validate(length(min = 1, max = 200))]
    pub institution: String,
    /// Degree sought or taken.
    #[validate(length(min = 1, max = 200))]
    pub degree: String,
    /// Subject.
    #[validate(length(min = 1, max = 200))]
    pub field_of_study: String,
    /// Where it was.
    #[validate(length(min = 1, max = 200))]
    pub location: Option<String>,
    /// First day.
    #[validate(custom(function = "date"))]
    pub start_date: NaiveDate,
    /// Last day, not before the first.
    #[validate(custom(function = "date"))]
    pub end_date: Option<NaiveDate>,
    /// The study goes on; then it has no last day.
    #[serde(default)]
    pub is_current: bool,
    /// Grade point average, 0 to 5.
    #[validate(range(min = 0.0, max = 5.0))]
    pub gpa: Option<f64>,
    /// What was achieved.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub achievements: Vec<String>,
    /// Courses taken.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub coursework: Vec<String>,
}

fn ends(input: &EducationInput) -> Result<(), ValidationError> {
    period(input.start_date, input.end_date, input.is_current)
}

nested!(Education);

crud! {
    Education, EducationInput, "education",
    list: "sql/coach/educations/list.sql",
    get: "sql/coach/educations/get.sql",
    insert: "sql/coach/educations/insert.sql",
    update: "sql/coach/educations/update.sql",
    delete: "sql/coach/educations/delete.sql",
    columns: |input| [
        input.institution, input.degree, input.field_of_study, input.location, input.start_date,
        input.end_date, input.is_current, input.gpa, &input.achievements, &input.coursework,
    ],
    example: {
        "institution": "University of Porto", "degree": "BSc", "fieldOfStudy": "Computer Science",
        "location": "Porto", "startDate": "2014-09-15", "endDate": "2017-07-31", "gpa": 4.2,
        "achievements": ["Scholarship of merit"], "coursework": ["Databases", "Compilers"],
    },
}
