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
        etag::IfMatch,
        extract::{Id, Nothing, Path, Post},
        idempotency,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{Versions, missing_or_changed},
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
    wanted: IfMatch,
    Post { key, .. }: Post<Nothing>,
) -> Result<Response> {
    caller.require(("smatrx", &["verifier", "admin"]))?;
    if place.user_id == caller.id {
        return Err(Problem::new(&problem::CONFLICT).detail("nobody verifies their own skills"));
    }
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        match vouch(conn, &place, caller.id, wanted.versions()).await? {
            Some(skill) => Reply::row(&skill),
            None => {
                let id = Id { id: place.id };
                Err(missing_or_changed::<UserSkill>(conn, place.user_id, id).await?)
            }
        }
    })
    .await
}

async fn vouch(
    conn: &mut PgConnection,
    place: &UserSkillPath,
    verifier: Uuid,
    versions: Versions<'_>,
) -> sqlx::Result<Option<UserSkill>> {
    sqlx::query_file_as!(
        UserSkill,
        "sql/smatrx/user_skills/verify.sql",
        place.user_id,
        place.id,
        verifier,
        versions as _,
    )
    .fetch_optional(conn)
    .await
}
