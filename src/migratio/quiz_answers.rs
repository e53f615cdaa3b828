//! Answers to the questions of the quiz, each under its question's code.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, put_with},
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use super::{
    Question, QuestionType,
    quiz_responses::{Asked, LoadedQuiz, QuizProgress},
};
use crate::{
    App,
    database::Timestamp,
    identity::Caller,
    nested,
    rest::{
        extract::{Path, Valid},
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{Readable, WRITE},
        validation::rules::code,
    },
};

/// What somebody answered to a question.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct QuizAnswer {
    /// The question, by its code.
    pub question_id: String,
    /// The answer, as its question is answered: a text, a number, true or false, or a list of texts.
    #[schemars(with = "Value")]
    pub answer: Json<Value>,
    /// Whether it counts: the question is asked, by the other answers, and takes this answer, as it is now.
    #[serde(default)]
    pub counts: bool,
    /// When the question was first answered.
    pub created_at: Timestamp,
    /// When the answer last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`QuizAnswer`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuizAnswerInput {
    /// The answer, as its question is answered: a text, a number, true or false, or a list of texts.
    pub answer: Value,
}

/// An answer, and where it leads.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuizStep {
    /// The answer.
    #[serde(flatten)]
    pub answer: QuizAnswer,
    /// How much of what is asked has an answer now.
    pub progress: QuizProgress,
    /// The first question that is asked now and has no answer; null: all have.
    pub next_question: Option<Question>,
}

/// Which question of which session.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct AnswerPath {
    /// The session's id.
    id: Uuid,
    /// The question's code.
    question_id: String,
}

nested!(QuizAnswer);

/// Everything under `/quiz/sessions/{id}/answers`.
pub fn routes() -> ApiRouter<App> {
    let put = put_with(put, |op| {
        op.about("migratio_quiz_answers_put", "Answers a question of the quiz, or answers it anew")
            .secured()
            .ok::<QuizStep>()
            .fails(WRITE)
            .fails(&[&problem::NOT_FOUND])
            .example(json!({"answer": "B1"}))
    });
    let take_back = delete_with(take_back, |op| {
        op.about("migratio_quiz_answers_delete", "Takes an answer back")
            .secured()
            .no_content()
            .fails(&[&problem::NOT_FOUND, &problem::CONFLICT])
    });
    ApiRouter::new().api_route("/quiz/sessions/{id}/answers/{questionId}", put.merge(take_back))
}

async fn put(
    State(app): State<App>,
    caller: Caller,
    Path(AnswerPath { id, question_id }): Path<AnswerPath>,
    Valid(QuizAnswerInput { answer }): Valid<QuizAnswerInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let LoadedQuiz { questions, mut answers, .. } =
        LoadedQuiz::load(&mut conn, caller.id, id).await?;
    let country = answerable(&Asked::of(&questions, &answers), &question_id, &answer)?;
    let written = write(&mut conn, caller.id, id, &question_id, &answer, country)
        .await?
        .ok_or_else(|| Problem::invalid("/answer", "country", "must be a country that is known"))?;
    answers.retain(|one| one.question_id != question_id);
    answers.push(QuizAnswer { question_id, answer: Json(answer), ..written });
    let asked = Asked::of(&questions, &answers);
    let (progress, next_question) = (asked.progress(), asked.next().cloned());
    let Some(answer) = answers.pop() else { return Err(Problem::unavailable()) };
    Reply::json(&QuizStep { answer, progress, next_question })
}

/// The country that the answer names, if it names one; refused unless the question is asked and takes the answer.
fn answerable<'a>(asked: &Asked<'_>, code: &str, answer: &'a Value) -> Result<Option<&'a str>> {
    let Some((question, visible)) = asked.find(code) else {
        return Err(Problem::not_found(Question::NAME));
    };
    if !visible {
        return Err(Problem::new(&problem::CONFLICT)
            .detail("this question is not asked, by the answers that there are"));
    }
    question.takes(answer).map_err(|misfit| {
        let message = misfit.message.unwrap_or_default();
        Problem::new(&problem::VALIDATION).field("/answer", misfit.code, message)
    })?;
    Ok(answer.as_str().filter(|_| question.r#type == QuestionType::Country))
}

async fn write(
    conn: &mut PgConnection,
    owner: Uuid,
    session: Uuid,
    question: &str,
    answer: &Value,
    country: Option<&str>,
) -> sqlx::Result<Option<QuizAnswer>> {
    sqlx::query_file_as!(
        QuizAnswer,
        "sql/migratio/quiz_answers/put.sql",
        owner,
        session,
        question,
        Json(answer) as _,
        country,
    )
    .fetch_optional(conn)
    .await
}

async fn take_back(
    State(app): State<App>,
    caller: Caller,
    Path(AnswerPath { id, question_id }): Path<AnswerPath>,
) -> Result<Reply> {
    let none = || Problem::not_found("answer");
    code(&question_id).map_err(|_| none())?;
    let mut conn = app.pool.get().await?;
    sqlx::query_file_scalar!("sql/migratio/quiz_answers/delete.sql", caller.id, id, question_id)
        .fetch_optional(&mut *conn)
        .await?
        .ok_or_else(none)?;
    Ok(Reply::no_content())
}
