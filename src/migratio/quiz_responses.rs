//! Sessions of the quiz: they are left and taken up again; completed, their answers are in the profile.

mod asked;
mod complete;
mod sections;
mod tell;

pub use asked::{Asked, QuizProgress};

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use super::{Question, QuizAnswer};
use crate::{
    App, creatable,
    database::Timestamp,
    entity,
    identity::Caller,
    listed, moves, readable,
    rest::{
        extract::{Id, Nothing, Path},
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Readable, move_route},
        validation::rules::{self, document},
    },
};

/// Somebody's way through the quiz.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuizSession {
    /// Id.
    pub id: Uuid,
    /// How far it has come. One at a time is in progress.
    pub status: QuizStatus,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it was completed; null: it is not.
    pub completed_at: Option<Timestamp>,
    /// The language it is taken in.
    pub language: String,
    /// What it is taken with.
    #[schemars(with = "Option<Map<String, Value>>")]
    pub device_info: Option<Json<Box<RawValue>>>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client says of a new [`QuizSession`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuizSessionInput {
    /// The language it is taken in, as a tag of BCP 47; `en` when absent.
    #[validate(custom(function = "rules::language"))]
    pub language: Option<String>,
    /// What it is taken with: any JSON object of at most 64 KiB.
    #[validate(custom(function = "document"))]
    pub device_info: Option<Map<String, Value>>,
}

/// How far somebody has come with a quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "migratio.quiz_status", rename_all = "snake_case")]
pub enum QuizStatus {
    /// Questions are answered.
    InProgress,
    /// The answers are in the profile.
    Completed,
    /// It was given up.
    Abandoned,
}

/// A session with everything that it takes to go on.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuizSessionDetails {
    /// The session.
    #[serde(flatten)]
    pub session: QuizSession,
    /// The profile once the answers were in it; null: they are not.
    #[schemars(with = "Option<Map<String, Value>>")]
    pub profile_snapshot: Option<Json<Box<RawValue>>>,
    /// Its answers, in the order in which they were first given.
    pub answers: Vec<QuizAnswer>,
    /// How much of what is asked has an answer.
    pub progress: QuizProgress,
    /// The first question that is asked and has no answer; null: all have, or the session is over.
    pub next_question: Option<Question>,
}

/// A session as it is loaded: with its answers, and everything that is asked.
#[derive(Debug)]
pub struct LoadedQuiz {
    id: Uuid,
    status: QuizStatus,
    started_at: Timestamp,
    completed_at: Option<Timestamp>,
    language: String,
    device_info: Option<Json<Box<RawValue>>>,
    profile_snapshot: Option<Json<Box<RawValue>>>,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// The active questions, in order.
    pub questions: Vec<Question>,
    /// The answers, in the order in which they were first given.
    pub answers: Vec<QuizAnswer>,
}

entity!(QuizSession);
readable! {
    QuizSession, "session of the quiz",
    at: |place: Id| [place.id],
    get: "sql/migratio/quiz_responses/get.sql",
}
listed!(QuizSession, "sql/migratio/quiz_responses/list.sql");
creatable! {
    QuizSession, QuizSessionInput,
    "sql/migratio/quiz_responses/insert.sql",
    |input| [input.language, input.device_info.as_ref().map(Json) as _],
    example: {"language": "en", "deviceInfo": {"platform": "web"}},
}
moves! {
    /// In progress to abandoned.
    Abandon(QuizSession), "sql/migratio/quiz_responses/abandon.sql", |_input: Nothing| [],
}

/// Everything under `/quiz/sessions`, but the answers.
pub fn routes() -> ApiRouter<App> {
    let details = get_with(details, |op| {
        op.about(
            "migratio_quiz_sessions_get",
            "Reads one session of the quiz with its answers, and what is asked next",
        )
        .secured()
        .ok::<QuizSessionDetails>()
        .fails(&[&problem::NOT_FOUND])
    });
    let abandon = move_route::<Abandon>(
        "migratio_quiz_sessions_abandon",
        "Gives a session of the quiz up; another may be begun",
    );
    let list = resource::list_route::<QuizSession>("migratio_quiz_sessions");
    let create = resource::create_route::<QuizSession>("migratio_quiz_sessions");
    ApiRouter::new()
        .api_route("/quiz/sessions", list.merge(create))
        .api_route("/quiz/sessions/{id}", details)
        .api_route("/quiz/sessions/{id}/complete", complete::route())
        .api_route("/quiz/sessions/{id}/abandon", abandon)
}

async fn details(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    Reply::json(&LoadedQuiz::load(&mut conn, caller.id, id).await?.details())
}

impl LoadedQuiz {
    /// A session of this owner's, all in one statement.
    pub async fn load(conn: &mut PgConnection, owner: Uuid, id: Uuid) -> Result<Self> {
        sqlx::query_file_as!(Self, "sql/migratio/quiz_responses/load.sql", owner, id)
            .fetch_optional(conn)
            .await?
            .ok_or_else(|| Problem::not_found(QuizSession::NAME))
    }

    fn details(mut self) -> QuizSessionDetails {
        let asked = Asked::of(&self.questions, &self.answers);
        let open = self.status == QuizStatus::InProgress;
        let (progress, next) = (asked.progress(), asked.next().filter(|_| open).cloned());
        let counts: Vec<bool> =
            self.answers.iter().map(|answer| asked.counts(&answer.question_id)).collect();
        for (answer, counts) in self.answers.iter_mut().zip(counts) {
            answer.counts = counts;
        }
        QuizSessionDetails {
            session: QuizSession {
                id: self.id,
                status: self.status,
                started_at: self.started_at,
                completed_at: self.completed_at,
                language: self.language,
                device_info: self.device_info,
                created_at: self.created_at,
                updated_at: self.updated_at,
            },
            profile_snapshot: self.profile_snapshot,
            answers: self.answers,
            progress,
            next_question: next,
        }
    }
}
