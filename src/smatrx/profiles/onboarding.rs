//! `POST /profile/onboarding/complete`.

use axum::{extract::State, response::Response};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Profile;
use crate::{
    App,
    identity::{Caller, secrets::cipher::Cipher},
    rest::{
        extract::{Nothing, Post},
        idempotency,
        problem::{self, FieldError, Problem, Result},
        reply::Reply,
        singleton::Singleton,
    },
};

pub async fn complete(
    State(app): State<App>,
    caller: Caller,
    Post { key, .. }: Post<Nothing>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        match complete_once(conn, caller.id).await? {
            Some(profile) => Reply::row(&profile),
            None => completed_before(conn, &app.cipher, caller.id).await,
        }
    })
    .await
}

/// The profile, if its onboarding has ended just now.
async fn complete_once(conn: &mut PgConnection, owner: Uuid) -> sqlx::Result<Option<Profile>> {
    sqlx::query_file_as!(Profile, "sql/smatrx/profiles/complete_onboarding.sql", owner)
        .fetch_optional(conn)
        .await
}

/// The profile as it is if its onboarding had ended before, else what it lacks.
async fn completed_before(conn: &mut PgConnection, cipher: &Cipher, owner: Uuid) -> Result<Reply> {
    let profile = Profile::get(conn, cipher, owner).await?;
    let profile = profile.ok_or_else(|| Problem::not_found(Profile::NAME))?;
    if profile.onboarding_completed {
        return Reply::row(&profile);
    }
    let missing = missing(&profile).map(|field| FieldError {
        pointer: format!("/{field}"),
        code: "required".into(),
        message: "is required".into(),
    });
    let detail = "the profile lacks something that the onboarding asks for";
    Err(Problem::new(&problem::VALIDATION).detail(detail).fields(missing.collect()))
}

fn missing(profile: &Profile) -> impl Iterator<Item = &'static str> {
    let wanted = [
        ("title", profile.title.is_none()),
        ("careerStage", profile.career_stage.is_none()),
        ("industries", profile.industries.is_empty()),
        ("targetRole", profile.target_role.is_none()),
    ];
    wanted.into_iter().filter_map(|(field, missing)| missing.then_some(field))
}
