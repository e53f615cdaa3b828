//! Skills that somebody may have: a catalogue.

mod list;

use aide::axum::{ApiRouter, routing::get_with};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::{KEEPER, SalaryRange};
use crate::{
    App, catalogue,
    database::Timestamp,
    nested,
    rest::{
        openapi::Describe,
        page::Page,
        problem, resource,
        validation::rules::{self, tags},
    },
};

/// A skill that somebody may have.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename = "SmatrxSkill", rename_all = "camelCase")]
pub struct Skill {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
    /// What it is.
    pub description: Option<String>,
    /// What kind of skill it is.
    pub category_id: Uuid,
    /// What that kind is called.
    pub category_name: String,
    /// What else it is found by.
    pub tags: Vec<String>,
    /// How much it is asked for.
    pub market_demand: Option<MarketDemand>,
    /// What those who have it earn.
    pub average_salary: Option<SalaryRange>,
    /// How the demand grows, in percent a year.
    pub growth_trend: Option<f64>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Skill`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "SmatrxSkillInput")]
pub struct SkillInput {
    /// What it is called: once, whatever its case.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Its name in addresses, once: small letters and digits, joined by single dashes. Absent: it is
    /// made from the name.
    #[validate(custom(function = "rules::slug"))]
    pub slug: Option<String>,
    /// What it is.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What kind of skill it is.
    pub category_id: Uuid,
    /// What else it is found by.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub tags: Vec<String>,
    /// How much it is asked for.
    pub market_demand: Option<MarketDemand>,
    /// What those who have it earn.
    #[validate(nested)]
    pub average_salary: Option<SalaryRange>,
    /// How the demand grows, in percent a year, -100 to 10,000.
    #[validate(range(min = -100.0, max = 10_000.0))]
    pub growth_trend: Option<f64>,
}

/// How much a skill is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "smatrx.market_demand", rename_all = "lowercase")]
pub enum MarketDemand {
    /// Much.
    High,
    /// Fairly.
    Medium,
    /// Little.
    Low,
}

nested!(Skill);

catalogue! {
    Skill, SkillInput, "skill", writers: KEEPER,
    get: "sql/smatrx/skills/get.sql",
    insert: "sql/smatrx/skills/insert.sql",
    update: "sql/smatrx/skills/update.sql",
    delete: "sql/smatrx/skills/delete.sql",
    columns: |input| [
        input.name, input.slug, input.description, input.category_id, &input.tags,
        input.market_demand as _, input.average_salary as _, input.growth_trend,
    ],
    example: {
        "name": "PostgreSQL", "description": "Relational database.",
        "categoryId": "01910000-0005-7001-8000-000000000003", "tags": ["sql", "relational"],
        "marketDemand": "high",
        "averageSalary": {"min": 90000, "max": 150_000, "currency": "USD", "region": "United States"},
        "growthTrend": 8.5,
    },
}

/// `/skills` and `/skills/{id}`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list::list, |op| {
        op.about("smatrx_skills_list", "Lists skills, newest first, or, with `q`, the likest first")
            .secured()
            .ok::<Page<Skill>>()
            .fails(&[&problem::MALFORMED])
    });
    ApiRouter::new()
        .api_route("/skills", list.merge(resource::create_route::<Skill>("smatrx_skills")))
        .api_route("/skills/{id}", resource::one_routes::<Skill>("smatrx_skills"))
}
