//! `POST /interviews/{id}/outcome`: what became of an interview.

use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::{Interview, InterviewOutcome};
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Id, Path, Post},
        idempotency,
        problem::{Problem, Result},
        reply::Reply,
        validation::rules::broken,
    },
};

/// What became of an interview.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeInput {
    /// Any outcome but `PENDING`. One that was recorded already is corrected; the time stays.
    #[validate(custom(function = "recorded"))]
    pub outcome: InterviewOutcome,
    /// What the employer said of it; kept where it is absent.
    #[validate(length(max = 10_000))]
    pub feedback: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as validator calls it")]
fn recorded(outcome: &InterviewOutcome) -> Result<(), ValidationError> {
    match outcome {
        InterviewOutcome::Pending => Err(broken("outcome", "must be an outcome, not PENDING")),
        _ => Ok(()),
    }
}

pub async fn record(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Post { input, key }: Post<OutcomeInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let interview = write(conn, caller.id, id, &input).await?;
        Reply::row(&interview.ok_or_else(|| Problem::not_found("interview"))?)
    })
    .await
}

async fn write(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
    input: &OutcomeInput,
) -> sqlx::Result<Option<Interview>> {
    sqlx::query_file_as!(
        Interview,
        "sql/coach/interviews/outcome.sql",
        owner,
        id,
        input.outcome as _,
        input.feedback,
    )
    .fetch_optional(conn)
    .await
}
