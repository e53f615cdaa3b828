//! `POST /quiz/sessions/{id}/complete`: the answers reach the profile, with the status or not at all.

use aide::axum::routing::{ApiMethodRouter, post_with};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::{Acquire, PgConnection};
use uuid::Uuid;

use super::{Asked, LoadedQuiz, QuizSession, sections::Sections, tell::Told};
use crate::{
    App,
    database::Timestamp,
    identity::Caller,
    migratio::ProfileFact,
    rest::{
        extract::{Id, Nothing, Path, Post},
        idempotency,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::{Entity, Reply},
        resource::{Readable, WRITE},
    },
};

/// A session that was completed, and what of it reached the profile.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompletedQuiz {
    /// The session.
    #[serde(flatten)]
    pub session: QuizSession,
    /// What of the profile was written. What the profile knows better is not among it.
    pub written: Vec<ProfileFact>,
}

impl Entity for CompletedQuiz {
    fn id(&self) -> Uuid {
        self.session.id
    }

    fn version(&self) -> Timestamp {
        self.session.updated_at
    }
}

/// `POST` of `…/complete`.
pub fn route() -> ApiMethodRouter<App> {
    post_with(complete, |op| {
        op.about(
            "migratio_quiz_sessions_complete",
            "Completes a session of the quiz: its answers are written into your profile",
        )
        .secured()
        .row::<CompletedQuiz>()
        .fails(WRITE)
        .fails(&[&problem::NOT_FOUND])
    })
}

async fn complete(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Post { input: Nothing {}, key }: Post<Nothing>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let mut transaction = conn.begin().await?;
        match completed(&mut transaction, caller.id, id).await {
            Ok(done) => {
                transaction.commit().await?;
                Reply::row(&done)
            }
            Err(problem) => {
                // If that fails, so has the connection, and what was written with it.
                drop(transaction.rollback().await);
                Err(problem)
            }
        }
    })
    .await
}

/// Moves the session first: whoever answers then waits, and is refused; what was answered before is seen.
async fn completed(conn: &mut PgConnection, owner: Uuid, id: Uuid) -> Result<CompletedQuiz> {
    sqlx::query_file_scalar!("sql/migratio/quiz_responses/complete.sql", owner, id)
        .fetch_optional(&mut *conn)
        .await?
        .ok_or_else(|| Problem::not_found(QuizSession::NAME))?;
    let quiz = LoadedQuiz::load(conn, owner, id).await?;
    let asked = Asked::of(&quiz.questions, &quiz.answers);
    let missing = asked.missing();
    if !missing.is_empty() {
        return Err(Problem::new(&problem::CONFLICT)
            .detail(format!("these questions must be answered first: {}", missing.join(", "))));
    }
    let mut sections = Sections::hold(conn, owner).await?;
    let today = quiz.completed_at.unwrap_or(quiz.updated_at).date_naive();
    let written = Told::put(&asked.facts(), today, &mut sections);
    sections.write(conn, owner).await?;
    let session = keep_snapshot(conn, owner, id).await?;
    Ok(CompletedQuiz { session, written })
}

async fn keep_snapshot(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
) -> sqlx::Result<QuizSession> {
    sqlx::query_file_as!(QuizSession, "sql/migratio/quiz_responses/keep_snapshot.sql", owner, id)
        .fetch_one(conn)
        .await
}
