//! `POST /mock-interviews/{id}/complete`: how a rehearsal went.

use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{MockInterview, MockInterviewAnalysis};
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Id, Path, Post},
        idempotency,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::missing_or,
        validation::rules::lines,
    },
};

/// How a rehearsal went; what is absent stays.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Completion {
    /// How well it went, 0 to 100.
    #[validate(range(min = 0, max = 100))]
    pub overall_score: Option<i32>,
    /// How well the subject went, 0 to 100.
    #[validate(range(min = 0, max = 100))]
    pub technical_score: Option<i32>,
    /// How well the talking went, 0 to 100.
    #[validate(range(min = 0, max = 100))]
    pub communication_score: Option<i32>,
    /// What went well.
    #[validate(custom(function = "lines"))]
    pub strengths: Option<Vec<String>>,
    /// What to work on.
    #[validate(custom(function = "lines"))]
    pub areas_to_improve: Option<Vec<String>>,
    /// What the coach makes of it.
    #[validate(nested)]
    pub ai_analysis: Option<MockInterviewAnalysis>,
}

pub async fn complete(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    Post { input, key }: Post<Completion>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        match write(conn, caller.id, place.id, &input).await? {
            Some(mock_interview) => Reply::row(&mock_interview),
            None => {
                let done = Problem::new(&problem::CONFLICT).detail("it was completed already");
                Err(missing_or::<MockInterview>(conn, caller.id, place, done).await?)
            }
        }
    })
    .await
}

/// The mock interview as it was completed, if it was open.
async fn write(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
    input: &Completion,
) -> sqlx::Result<Option<MockInterview>> {
    sqlx::query_file_as!(
        MockInterview,
        "sql/coach/mock_interviews/complete.sql",
        owner,
        id,
        input.overall_score,
        input.technical_score,
        input.communication_score,
        input.strengths.as_deref(),
        input.areas_to_improve.as_deref(),
        &input.ai_analysis as _,
    )
    .fetch_optional(conn)
    .await
}
