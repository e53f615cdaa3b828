//! The skills that a user has, out of the catalogue.

mod list;
mod summary;
mod verify;

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    rest::{
        openapi::Describe,
        page::Page,
        problem, resource,
        validation::rules::{document, moment},
    },
};

/// A skill that a user has.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserSkill {
    /// Id.
    pub id: Uuid,
    /// The skill in the catalogue.
    pub skill_id: Uuid,
    /// What the skill is called.
    pub skill_name: String,
    /// The skill's category.
    pub category_id: Uuid,
    /// What the category is called.
    pub category_name: String,
    /// How well it is mastered.
    pub level: SkillLevel,
    /// The same as a number, 0 to 100.
    pub proficiency_score: Option<i32>,
    /// For how many years it has been used.
    pub years_experience: Option<i32>,
    /// When it was last used.
    pub last_used: Option<Timestamp>,
    /// Somebody else vouches for it at this level.
    pub verified: bool,
    /// When it was verified.
    pub verified_at: Option<Timestamp>,
    /// Who verified it; null also when their account is gone.
    pub verified_by: Option<Uuid>,
    /// Where it is known from.
    pub source: SkillSource,
    /// What proves it, in a shape of its own.
    #[schemars(with = "Option<Map<String, Value>>")]
    pub evidence: Option<Json<Box<RawValue>>>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`UserSkill`]. Another skill or a higher level is no longer verified.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserSkillInput {
    /// The skill in the catalogue; each only once.
    pub skill_id: Uuid,
    /// How well it is mastered.
    pub level: SkillLevel,
    /// The same as a number, 0 to 100.
    #[validate(range(min = 0, max = 100))]
    pub proficiency_score: Option<i32>,
    /// For how many years it has been used, 0 to 80.
    #[validate(range(min = 0, max = 80))]
    pub years_experience: Option<i32>,
    /// When it was last used.
    #[validate(custom(function = "moment"))]
    pub last_used: Option<Timestamp>,
    /// Where it is known from: `manual` at first, and kept where it is absent. `verified` comes and
    /// goes with the verification alone.
    pub source: Option<SkillSource>,
    /// What proves it: any JSON object of at most 64 KiB.
    #[validate(custom(function = "document"))]
    pub evidence: Option<Map<String, Value>>,
}

/// How well a skill is mastered.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SmatrxSkillLevel")]
#[sqlx(type_name = "smatrx.skill_level", rename_all = "snake_case")]
pub enum SkillLevel {
    /// Has begun.
    Beginner,
    /// Works with help.
    Intermediate,
    /// Works alone.
    Advanced,
    /// Teaches others.
    Expert,
}

/// Where it is known from that somebody has a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "smatrx.skill_source", rename_all = "snake_case")]
pub enum SkillSource {
    /// Imported from GitHub.
    Github,
    /// Imported from `LinkedIn`.
    Linkedin,
    /// Imported from a résumé.
    Resume,
    /// They say so.
    Manual,
    /// Somebody else says so.
    Verified,
}

crud! {
    UserSkill, UserSkillInput, "skill",
    get: "sql/smatrx/user_skills/get.sql",
    insert: "sql/smatrx/user_skills/insert.sql",
    update: "sql/smatrx/user_skills/update.sql",
    delete: "sql/smatrx/user_skills/delete.sql",
    columns: |input| [
        input.skill_id, input.level as _, input.proficiency_score, input.years_experience,
        input.last_used, input.source as _, input.evidence.as_ref().map(Json) as _,
    ],
    example: {
        "skillId": "01890000-0000-7000-8000-000000000000", "level": "advanced", "proficiencyScore": 80,
        "yearsExperience": 5, "lastUsed": "2026-05-31T00:00:00Z", "source": "manual",
        "evidence": {"repository": "https://github.com/ann/planner"},
    },
}

/// Everything under `/user-skills`, and the verification.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list::list, |op| {
        op.about("smatrx_user_skills_list", "Lists, best proficiency first, your skills")
            .secured()
            .ok::<Page<UserSkill>>()
            .fails(&[&problem::MALFORMED])
    });
    let summary = get_with(summary::summary, |op| {
        op.about("smatrx_user_skills_summary", "Every category, with what you have of it")
            .secured()
            .ok::<Vec<summary::CategorySummary>>()
    });
    let verify = post_with(verify::verify, |op| {
        op.about("smatrx_user_skills_verify", "Verifies somebody else's skill at its level")
            .secured()
            .row::<UserSkill>()
            .fails(resource::WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
    });
    let create = resource::create_route::<UserSkill>("smatrx_user_skills");
    let one = resource::one_routes::<UserSkill>("smatrx_user_skills");
    ApiRouter::new()
        .api_route("/user-skills", list.merge(create))
        .api_route("/user-skills/{id}", one)
        .api_route("/user-skills/summary", summary)
        .api_route("/users/{userId}/skills/{id}/verify", verify)
}
