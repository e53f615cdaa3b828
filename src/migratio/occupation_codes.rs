//! Occupations, as classifications name them: a catalogue.

mod list;

use aide::axum::{ApiRouter, routing::get_with};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::WRITERS;
use crate::{
    App, catalogue,
    database::Timestamp,
    nested,
    rest::{openapi::Describe, page::Page, problem, resource, validation::rules::tags},
};

/// An occupation, as a classification names it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct OccupationCode {
    /// Id.
    pub id: Uuid,
    /// The classification.
    pub system: OccupationSystem,
    /// Its code there.
    pub code: String,
    /// What it is called there.
    pub title: String,
    /// What is done in it.
    pub description: Option<String>,
    /// The code of the group it is in.
    pub parent_code: Option<String>,
    /// The level of skill that the classification gives it.
    pub skill_level: Option<i32>,
    /// What else it is called.
    pub alternative_titles: Vec<String>,
    /// What else it is found by.
    pub keywords: Vec<String>,
    /// Whether a licence is usually needed.
    pub regulated_profession: bool,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of an [`OccupationCode`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OccupationCodeInput {
    /// The classification.
    pub system: OccupationSystem,
    /// Its code there; once in the classification.
    #[validate(length(min = 1, max = 200))]
    pub code: String,
    /// What it is called there.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What is done in it.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// The code of the group it is in, which need not be here.
    #[validate(length(min = 1, max = 200))]
    pub parent_code: Option<String>,
    /// The level of skill that the classification gives it, 0 to 9.
    #[validate(range(min = 0, max = 9))]
    pub skill_level: Option<i32>,
    /// What else it is called.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub alternative_titles: Vec<String>,
    /// What else it is found by.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub keywords: Vec<String>,
    /// Whether a licence is usually needed.
    #[serde(default)]
    pub regulated_profession: bool,
}

/// A classification of occupations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "migratio.occupation_system", rename_all = "lowercase")]
pub enum OccupationSystem {
    /// That of the International Labour Organization.
    #[serde(rename = "ISCO")]
    #[sqlx(rename = "ISCO")]
    Isco,
    /// Canada's.
    #[serde(rename = "NOC")]
    #[sqlx(rename = "NOC")]
    Noc,
    /// Australia's and New Zealand's.
    #[serde(rename = "ANZSCO")]
    #[sqlx(rename = "ANZSCO")]
    Anzsco,
    /// That of the United States, or of the United Kingdom.
    #[serde(rename = "SOC")]
    #[sqlx(rename = "SOC")]
    Soc,
    /// Any other.
    Other,
}

nested!(OccupationCode);

catalogue! {
    OccupationCode, OccupationCodeInput, "occupation code", writers: WRITERS,
    get: "sql/migratio/occupation_codes/get.sql",
    insert: "sql/migratio/occupation_codes/insert.sql",
    update: "sql/migratio/occupation_codes/update.sql",
    delete: "sql/migratio/occupation_codes/delete.sql",
    columns: |input| [
        input.system as _, input.code, input.title, input.description, input.parent_code,
        input.skill_level, &input.alternative_titles, &input.keywords, input.regulated_profession,
    ],
    example: {
        "system": "ISCO", "code": "2512", "title": "Software developers",
        "description": "Design and write programs.", "parentCode": "251", "skillLevel": 4,
        "alternativeTitles": ["Programmer", "Software engineer"], "keywords": ["coding"],
    },
}

/// `/occupation-codes` and `/occupation-codes/{id}`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "migratio_occupation_codes";
    let list = get_with(list::list, |op| {
        op.about("migratio_occupation_codes_list", "Lists occupation codes")
            .description(
                "Newest first; of one `system` by their codes; with `q` what fits best first.",
            )
            .secured()
            .ok::<Page<OccupationCode>>()
            .fails(&[&problem::MALFORMED])
    });
    ApiRouter::new()
        .api_route("/occupation-codes", list.merge(resource::create_route::<OccupationCode>(ID)))
        .api_route("/occupation-codes/{id}", resource::one_routes::<OccupationCode>(ID))
}
