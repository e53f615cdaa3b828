//! `POST /profile/onboarding/{step}`: five steps, one after the other.

use aide::axum::{ApiRouter, routing::post_with};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Profile;
use crate::{
    App,
    identity::{Caller, secrets::cipher::Cipher},
    rest::{
        extract::{Nothing, Path, Post},
        idempotency,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource,
        singleton::Singleton,
    },
};

/// Which step.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
struct StepPath {
    /// The step that is done, 1 to 5.
    #[schemars(range(min = 1, max = 5))]
    step: u8,
}

pub(super) fn routes() -> ApiRouter<App> {
    let step = post_with(step, |op| {
        op.about("mentorship_profile_onboarding", "Takes the next step of your onboarding")
            .secured()
            .row::<Profile>()
            .fails(resource::WRITE)
            .fails(&[&problem::NOT_FOUND])
    });
    ApiRouter::new().api_route("/profile/onboarding/{step}", step)
}

async fn step(
    State(app): State<App>,
    caller: Caller,
    Path(StepPath { step }): Path<StepPath>,
    Post { key, .. }: Post<Nothing>,
) -> Result<Response> {
    if !(1..=5).contains(&step) {
        return Err(Problem::not_found("step"));
    }
    let step = i32::from(step);
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        match take(conn, caller.id, step).await? {
            Some(profile) => Reply::row(&profile),
            None => taken_before(conn, &app.cipher, caller.id, step).await,
        }
    })
    .await
}

/// The profile, if this was its next step; the first one makes it.
async fn take(conn: &mut PgConnection, owner: Uuid, step: i32) -> sqlx::Result<Option<Profile>> {
    sqlx::query_file_as!(Profile, "sql/mentorship/profiles/take_step.sql", owner, step)
        .fetch_optional(conn)
        .await
}

/// The profile as it is if the step had been taken before, else which one is next.
async fn taken_before(
    conn: &mut PgConnection,
    cipher: &Cipher,
    owner: Uuid,
    step: i32,
) -> Result<Reply> {
    let profile = Profile::get(conn, cipher, owner).await?;
    let done = profile.as_ref().map_or(0, |profile| profile.onboarding_step);
    match profile {
        Some(profile) if step <= done => Reply::row(&profile),
        _ => Err(Problem::new(&problem::CONFLICT)
            .detail(format!("no step may be skipped; the next one is {}", done + 1))),
    }
}
