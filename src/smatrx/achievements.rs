//! Achievements: for goals that were reached, and given by administrators. Their owner only reads them.

mod giving;

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    App,
    database::Timestamp,
    entity, filters,
    identity::Caller,
    listed, readable,
    rest::{
        extract::{Id, several},
        openapi::Describe,
        problem::Result,
        reply::Reply,
        resource,
    },
};

/// What somebody has achieved.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// Id.
    pub id: Uuid,
    /// What kind of achievement it is.
    pub r#type: AchievementType,
    /// What was achieved.
    pub title: String,
    /// More about it.
    pub description: Option<String>,
    /// What it is worth.
    pub points: i32,
    /// Address of its picture.
    pub badge: Option<String>,
    /// When it was achieved.
    pub earned_at: Timestamp,
    /// The goal that was reached; null: none, or the goal is gone.
    pub career_goal_id: Option<Uuid>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What kind of achievement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "smatrx.achievement_type", rename_all = "snake_case")]
pub enum AchievementType {
    /// Something was learnt.
    Skill,
    /// A certificate was awarded.
    Certification,
    /// Something was made.
    Project,
    /// A point on the way was reached, such as a new position.
    Milestone,
}

/// What somebody's achievements are worth.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AchievementPoints {
    /// The points of all of them.
    pub points: i64,
    /// How many there are.
    pub achievements: i64,
}

filters! {
    /// Which achievements are wanted.
    AchievementParams {
        /// Only these types: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub r#type: Vec<AchievementType>,
    }
}

entity!(Achievement);

readable! {
    Achievement, "achievement",
    at: |place: Id| [place.id],
    get: "sql/smatrx/achievements/get.sql",
}

listed!(Achievement, "sql/smatrx/achievements/list.sql", |params: AchievementParams| [
    &params.r#type as _
]);

/// Everything under `/achievements`, and what administrators do under `/users/{userId}/achievements`.
pub fn routes() -> ApiRouter<App> {
    let points = get_with(points, |op| {
        op.about("smatrx_achievements_points", "Adds up the points of your achievements")
            .secured()
            .ok::<AchievementPoints>()
    });
    ApiRouter::new()
        .api_route("/achievements", resource::list_route::<Achievement>("smatrx_achievements"))
        .api_route("/achievements/points", points)
        .api_route("/achievements/{id}", resource::get_route::<Achievement>("smatrx_achievements"))
        .merge(giving::routes())
}

async fn points(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let points =
        sqlx::query_file_as!(AchievementPoints, "sql/smatrx/achievements/points.sql", caller.id)
            .fetch_one(&mut *conn)
            .await?;
    Reply::json(&points)
}
