//! Skills on a person's profile.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::SkillLevel;
use crate::{
    App, crud,
    database::Timestamp,
    identity::Caller,
    nested,
    rest::{openapi::Describe, problem::Result, reply::Reply, resource},
};

/// A skill that somebody has.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Skill {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// The group it is shown in.
    pub category: Option<String>,
    /// How well it is mastered.
    pub level: SkillLevel,
    /// Years of practice.
    pub years_of_experience: Option<i32>,
    /// How many people endorsed it.
    pub endorsements: i32,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Skill`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SkillInput {
    /// What it is called: once on a profile, whatever its case.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// The group it is shown in.
    #[validate(length(min = 1, max = 200))]
    pub category: Option<String>,
    /// How well it is mastered.
    pub level: SkillLevel,
    /// Years of practice, 0 to 80.
    #[validate(range(min = 0, max = 80))]
    pub years_of_experience: Option<i32>,
    /// How many people endorsed it.
    #[serde(default)]
    #[validate(range(min = 0))]
    pub endorsements: i32,
}

/// The skills of one category.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillCategory {
    /// The category; null for the skills that have none.
    pub category: Option<String>,
    /// Its skills, the best level first.
    pub skills: Vec<Skill>,
}

nested!(Skill);

crud! {
    Skill, SkillInput, "skill",
    list: "sql/coach/skills/list.sql",
    get: "sql/coach/skills/get.sql",
    insert: "sql/coach/skills/insert.sql",
    update: "sql/coach/skills/update.sql",
    delete: "sql/coach/skills/delete.sql",
    columns: |input| [
        input.name, input.category, input.level as _, input.years_of_experience, input.endorsements,
    ],
    example: {
        "name": "PostgreSQL", "category": "Databases", "level": "ADVANCED",
        "yearsOfExperience": 6, "endorsements": 2,
    },
}

/// The uniform routes and the categories.
pub fn routes() -> ApiRouter<App> {
    let by_category = get_with(by_category, |op| {
        op.about("coach_skills_by_category", "Lists your skills by category, best level first")
            .secured()
            .ok::<Vec<SkillCategory>>()
    });
    resource::routes::<Skill>("/profile/skills", "coach_skills")
        .api_route("/profile/skills/by-category", by_category)
}

async fn by_category(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    Reply::json(&categories(&mut conn, caller.id).await?)
}

async fn categories(conn: &mut PgConnection, owner: Uuid) -> sqlx::Result<Vec<SkillCategory>> {
    sqlx::query_file_as!(SkillCategory, "sql/coach/skills/by_category.sql", owner)
        .fetch_all(conn)
        .await
}
