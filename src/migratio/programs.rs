//! The ways to immigrate that countries offer. All read them, content managers write.

mod compare;
mod input;
mod list;
mod parts;

pub use input::ProgramInput;
pub use parts::{
    ApplicationStep, Cost, CriterionType, EligibilityCriterion, PredictedProcessingTime,
    PredictedSuccessRate, ProcessingTime, SuccessRate,
};

use aide::axum::{ApiRouter, routing::get_with};
use chrono::NaiveDate;
use compare::ComparedPrograms;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;

use super::WRITERS;
use crate::{
    App, catalogue,
    database::Timestamp,
    nested,
    rest::{openapi::Describe, page::Page, problem, resource},
};

/// A way to immigrate that a country offers.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Program {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// The country it leads to.
    pub country_id: Uuid,
    /// What that country is called.
    pub country_name: String,
    /// That country's code of two letters.
    pub country_alpha2: String,
    /// What kind it is: skilled-worker, family, study, …
    pub category: String,
    /// What kind of that.
    pub subcategory: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// What is asked of who applies.
    #[schemars(with = "Vec<EligibilityCriterion>")]
    pub eligibility_criteria: Json<Vec<EligibilityCriterion>>,
    /// How long it takes, as told.
    pub processing_time: Option<ProcessingTime>,
    /// How long it will take, as a model predicts.
    pub predicted_processing_time: Option<PredictedProcessingTime>,
    /// What it costs.
    #[schemars(with = "Vec<Cost>")]
    pub costs: Json<Vec<Cost>>,
    /// The documents it asks for, its own and those it shares, in their order.
    pub required_documents: Vec<Uuid>,
    /// What is to be done, in order.
    #[schemars(with = "Vec<ApplicationStep>")]
    pub application_steps: Json<Vec<ApplicationStep>>,
    /// What speaks for it.
    pub benefits: Vec<String>,
    /// What speaks against it.
    pub limitations: Vec<String>,
    /// Whether it leads to permanent residency.
    pub pathway_to_residency: bool,
    /// Whether it leads to citizenship.
    pub pathway_to_citizenship: bool,
    /// Where the authorities tell of it.
    pub official_website: Option<String>,
    /// When what is said here was last verified.
    pub last_updated: Option<NaiveDate>,
    /// Where it is from.
    pub data_source: Option<String>,
    /// How many roadmaps there are to it.
    pub popularity: i32,
    /// How many succeeded, as told.
    pub success_rate: Option<SuccessRate>,
    /// How many will succeed, whoever applies, as a model predicts.
    pub predicted_success_rate: Option<PredictedSuccessRate>,
    /// How much support there is after arrival, 1 (little) to 3.
    pub post_arrival_support_level: Option<i32>,
    /// What else it is found by.
    pub tags: Vec<String>,
    /// Whether it is open: only then it is listed and recommended.
    pub is_active: bool,
    /// How many months it takes: as predicted, else on average, else at most, else at least; null: nobody knows.
    pub estimated_months: Option<f64>,
    /// What all its costs come to in US dollars; null: none are told, or one is in a currency whose rate is not known.
    pub estimated_cost_usd: Option<f64>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

nested!(Program);

catalogue! {
    Program, ProgramInput, "programme", writers: WRITERS,
    get: "sql/migratio/programs/get.sql",
    insert: "sql/migratio/programs/insert.sql",
    update: "sql/migratio/programs/update.sql",
    delete: "sql/migratio/programs/delete.sql",
    columns: |input| [
        input.name, input.country_id, input.category, input.subcategory, input.description,
        Json(&input.eligibility_criteria) as _, input.processing_time.as_ref() as _,
        input.predicted_processing_time.as_ref() as _, Json(&input.costs) as _,
        Json(&input.application_steps) as _, &input.benefits, &input.limitations,
        input.pathway_to_residency, input.pathway_to_citizenship, input.official_website,
        input.last_updated, input.data_source, input.success_rate.as_ref() as _,
        input.predicted_success_rate.as_ref() as _, input.post_arrival_support_level, &input.tags,
        input.is_active,
    ],
    example: {
        "name": "Skilled work visa", "countryId": "01930000-0000-7000-8000-000000000000",
        "category": "skilled-worker", "description": "For whom an employer has a job.",
        "eligibilityCriteria": [
            {"criterionType": "age", "criterionName": "Age", "subject": null, "minValue": 18.0,
             "maxValue": 45.0, "unit": "years", "weight": 20.0, "isRequired": true},
        ],
        "processingTime": {"minMonths": 2.0, "maxMonths": 6.0, "averageMonths": 4.0},
        "costs": [{"feeType": "application", "amount": 90.0, "currency": "EUR", "isRefundable": false}],
        "applicationSteps": [
            {"title": "Find an employer", "description": null, "phase": "Planning",
             "estimatedDays": 60.0, "url": null},
        ],
        "benefits": ["Family may come along"], "pathwayToResidency": true,
        "officialWebsite": "https://visa.example.pt", "successRate": {"rate": 0.8, "year": 2025},
        "tags": ["work"],
    },
}

/// `/programs`, `/programs/compare` and `/programs/{id}`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "migratio_programs";
    let list = get_with(list::list, |op| {
        op.about("migratio_programs_list", "Lists programmes that are open")
            .description(
                "The most popular first, with `q` what fits best first, or as `sort` says; of what \
                 is known of none, last.",
            )
            .secured()
            .ok::<Page<Program>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    });
    let compare = get_with(compare::compare, |op| {
        op.about("migratio_programs_compare", "Shows two to five programmes side by side")
            .secured()
            .ok::<ComparedPrograms>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    });
    ApiRouter::new()
        .api_route("/programs", list.merge(resource::create_route::<Program>(ID)))
        .api_route("/programs/compare", compare)
        .api_route("/programs/{id}", resource::one_routes::<Program>(ID))
}
