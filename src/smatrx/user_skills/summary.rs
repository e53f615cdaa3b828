//! `GET /user-skills/summary`: skills by category, with counts.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    App,
    identity::Caller,
    rest::{problem::Result, reply::Reply},
};

/// What a user has of a category.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategorySummary {
    /// The category.
    pub category_id: Uuid,
    /// What it is called.
    pub category_name: String,
    /// How many of its skills the user has.
    pub skill_count: i64,
    /// Their average proficiency, 0 to 100; null where none has a score.
    pub average_proficiency: Option<f64>,
}

pub async fn summary(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    Reply::json(&by_category(&mut conn, caller.id).await?)
}

async fn by_category(conn: &mut PgConnection, owner: Uuid) -> sqlx::Result<Vec<CategorySummary>> {
    sqlx::query_file_as!(CategorySummary, "sql/smatrx/user_skills/summary.sql", owner)
        .fetch_all(conn)
        .await
}
