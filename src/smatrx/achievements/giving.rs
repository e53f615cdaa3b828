//! `/users/{userId}/achievements`: administrators give somebody achievements, and take them back.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with, post_with},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{Achievement, AchievementParams, AchievementType};
use crate::{
    App,
    database::Timestamp,
    identity::User,
    rest::{
        etag::{IfMatch, IfNoneMatch},
        extract::{Id, Params, Path, Post},
        idempotency,
        openapi::{Describe, Op},
        page::{Page, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Listed, Readable, WRITE},
        validation::rules::{moment, url},
    },
    smatrx::Admin,
};

/// An achievement that an administrator gives.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AchievementInput {
    /// What kind of achievement it is.
    pub r#type: AchievementType,
    /// What was achieved.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// More about it.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What it is worth, 0 to 1,000,000 points.
    #[serde(default)]
    #[validate(range(min = 0, max = 1_000_000))]
    pub points: i32,
    /// Address of its picture.
    #[validate(custom(function = "url"))]
    pub badge: Option<String>,
    /// When it was achieved; now, where it is absent.
    #[validate(custom(function = "moment"))]
    pub earned_at: Option<Timestamp>,
}

/// Whose achievements.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct UserPath {
    /// The user's id.
    user_id: Uuid,
}

/// Which achievement of whom.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct AchievementPath {
    /// The user's id.
    user_id: Uuid,
    /// The achievement's id.
    id: Uuid,
}

pub(super) fn routes() -> ApiRouter<App> {
    let give = post_with(give, |op| {
        describe(op, "give", "Gives a user an achievement")
            .created::<Achievement>()
            .fails(WRITE)
            .fails(&[&problem::NOT_FOUND])
            .example(json!({
                "type": "milestone", "title": "Mentor of the year",
                "description": "Five people, two promotions.", "points": 200,
                "badge": "https://img.example.com/mentor.png", "earnedAt": "2026-06-30T12:00:00Z",
            }))
    });
    let list = get_with(list, |op| {
        describe(op, "list_of_user", "Lists, newest first, every achievement of a user")
            .ok::<Page<Achievement>>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    });
    let read = get_with(read, |op| {
        describe(op, "get_of_user", "Reads one achievement of a user")
            .row::<Achievement>()
            .fails(&[&problem::NOT_FOUND])
    });
    let take_back = delete_with(take_back, |op| {
        describe(op, "take_back", "Takes an achievement back from a user")
            .no_content()
            .fails(&[&problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
    });
    ApiRouter::new()
        .api_route("/users/{userId}/achievements", list.merge(give))
        .api_route("/users/{userId}/achievements/{id}", read.merge(take_back))
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("smatrx_achievements_{verb}"), summary)
        .secured()
        .fails(&[&problem::FORBIDDEN])
}

async fn give(
    State(app): State<App>,
    Admin(admin): Admin,
    OriginalUri(uri): OriginalUri,
    Path(UserPath { user_id }): Path<UserPath>,
    Post { input, key }: Post<AchievementInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, admin.id, key.as_ref(), async |conn| {
        let given = insert(conn, admin.id, user_id, &input).await?;
        Reply::created(uri.path(), &given.ok_or_else(|| Problem::not_found("user"))?)
    })
    .await
}

async fn list(
    State(app): State<App>,
    _: Admin,
    Path(UserPath { user_id }): Path<UserPath>,
    Params(params): Params<AchievementParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = Achievement::list(&mut conn, user_id, &position, &params).await?;
    if rows.is_empty() && User::get(&mut conn, user_id).await?.is_none() {
        return Err(Problem::not_found("user"));
    }
    Reply::json(&position.page(rows, |achievement| achievement.id))
}

async fn read(
    State(app): State<App>,
    _: Admin,
    Path(AchievementPath { user_id, id }): Path<AchievementPath>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let achievement = Achievement::get(&mut conn, user_id, Id { id }).await?;
    let achievement = achievement.ok_or_else(|| Problem::not_found(Achievement::NAME))?;
    resource::answer(&achievement, &known)
}

async fn take_back(
    State(app): State<App>,
    Admin(admin): Admin,
    Path(AchievementPath { user_id, id }): Path<AchievementPath>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let taken = sqlx::query_file_scalar!(
        "sql/smatrx/achievements/delete.sql",
        admin.id,
        user_id,
        id,
        wanted.versions() as _,
    )
    .fetch_optional(&mut *conn)
    .await?;
    resource::deleted::<Achievement>(&mut conn, user_id, Id { id }, taken).await
}

/// The new achievement, if there is such a user.
async fn insert(
    conn: &mut PgConnection,
    admin: Uuid,
    user: Uuid,
    input: &AchievementInput,
) -> sqlx::Result<Option<Achievement>> {
    sqlx::query_file_as!(
        Achievement,
        "sql/smatrx/achievements/insert.sql",
        admin,
        user,
        input.r#type as _,
        input.title,
        input.description,
        input.points,
        input.badge,
        input.earned_at as _,
    )
    .fetch_optional(conn)
    .await
}
