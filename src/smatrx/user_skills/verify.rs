//! `POST /users/{userId}/skills/{id}/verify`.

use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::UserSkill;
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Nothing, Path, Post},
        idempotency,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::Readable,
    },
};

/// Which skill of which user.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserSkillPath {
    /// Whose skill it is.
    user_id: Uuid,
    /// That user's skill.
    id: Uuid,
}

pub async fn verify(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<UserSkillPath>,
    Post { key, .. }: Post<Nothing>,
) -> Result<Response> {
    if !caller.has_role("smatrx", "admin") {
        caller.require("smatrx", "verifier")?;
    }
    if place.user_id == caller.id {
        return Err(Problem::new(&problem::CONFLICT).detail("nobody verifies their own skills"));
    }
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let skill = vouch(conn, &place, caller.id).await?;
        Reply::row(&skill.ok_or_else(|| Problem::not_found(UserSkill::NAME))?)
    })
    .await
}

async fn vouch(
    conn: &mut PgConnection,
    place: &UserSkillPath,
    verifier: Uuid,
) -> sqlx::Result<Option<UserSkill>> {
    sqlx::query_file_as!(
        UserSkill,
        "sql/smatrx/user_skills/verify.sql",
        place.user_id,
        place.id,
        verifier,
    )
    .fetch_optional(conn)
    .await
}
