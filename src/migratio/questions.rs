//! The questions of the quiz. A catalogue.

mod answers;
mod facts;
mod parts;
mod rules;

pub use answers::{Misfit, day};
pub use facts::{ProfileFact, label};
pub use parts::{AnswerRules, Condition, ConditionOperator, QuestionOption, QuestionType};

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use super::WRITERS;
use crate::{
    App, catalogue,
    database::Timestamp,
    filters,
    identity::Caller,
    nested,
    rest::{
        extract::Params,
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
        resource,
        validation::rules::code,
    },
};

/// A question of the quiz.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename = "QuizQuestion", rename_all = "camelCase")]
pub struct Question {
    /// Id.
    pub id: Uuid,
    /// What programs call it; answers name it by this.
    pub question_id: String,
    /// The question.
    pub text: String,
    /// How to answer it.
    pub help_text: Option<String>,
    /// How it is answered.
    pub r#type: QuestionType,
    /// The part of the quiz it is in.
    pub section: String,
    /// Its place in the quiz.
    pub position: i32,
    /// What can be chosen, of choices.
    #[schemars(with = "Vec<QuestionOption>")]
    pub options: Json<Vec<QuestionOption>>,
    /// What an answer must be.
    pub validation: AnswerRules,
    /// When it is asked; null: always.
    pub conditional_display: Option<Condition>,
    /// What of the profile its answer tells; null: nothing.
    pub profile_fact: Option<ProfileFact>,
    /// Whether it is asked at all.
    pub is_active: bool,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Question`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "QuizQuestionInput")]
#[validate(
    schema(function = "rules::rules_fit"),
    schema(function = "rules::options_fit"),
    schema(function = "rules::fact_fits"),
    schema(function = "rules::condition_fits")
)]
pub struct QuestionInput {
    /// What programs call it, once in the quiz: a letter, then letters, digits, `_`, `.`, `-`; at most 64. Answers follow when
    /// it changes.
    #[validate(custom(function = "code"))]
    pub question_id: String,
    /// The question.
    #[validate(length(min = 1, max = 10_000))]
    pub text: String,
    /// How to answer it.
    #[validate(length(max = 10_000))]
    pub help_text: Option<String>,
    /// How it is answered.
    pub r#type: QuestionType,
    /// The part of the quiz it is in.
    #[validate(length(min = 1, max = 200))]
    pub section: String,
    /// Its place in the quiz, 0 to 10,000.
    #[validate(range(min = 0, max = 10_000))]
    pub position: i32,
    /// What can be chosen, of choices alone; at most 250, each value once.
    #[serde(default)]
    #[validate(length(max = 250), nested)]
    pub options: Vec<QuestionOption>,
    /// What an answer must be; only rules for its type.
    #[serde(default)]
    #[validate(nested)]
    pub validation: AnswerRules,
    /// When it is asked; null: always.
    #[validate(nested)]
    pub conditional_display: Option<Condition>,
    /// What of the profile its answer tells; null: nothing.
    pub profile_fact: Option<ProfileFact>,
    /// Whether it is asked at all.
    #[serde(default = "active")]
    pub is_active: bool,
}

const fn active() -> bool {
    true
}

filters! {
    /// Which questions are wanted.
    QuestionParams {
        /// Only those in this part of the quiz.
        pub section: Option<String>,
    }
}

nested!(Question);

catalogue! {
    Question, QuestionInput, "question", writers: WRITERS,
    get: "sql/migratio/questions/get.sql",
    insert: "sql/migratio/questions/insert.sql",
    update: "sql/migratio/questions/update.sql",
    delete: "sql/migratio/questions/delete.sql",
    columns: |input| [
        input.question_id, input.text, input.help_text, input.r#type as _, input.section, input.position,
        Json(&input.options) as _, &input.validation as _, input.conditional_display.as_ref() as _,
        input.profile_fact as _, input.is_active,
    ],
    example: {
        "questionId": "english", "text": "How well do you speak English?",
        "helpText": "By the Common European Framework of Reference.", "type": "singleChoice",
        "section": "Languages", "position": 120,
        "options": [{"value": "B1", "label": "I get along"}, {"value": "C1", "label": "Fluently"}],
        "validation": {"required": true}, "profileFact": "englishLevel", "isActive": true,
    },
}

/// Everything under `/questions`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("migratio_questions_list", "Lists every question, in the order of the quiz")
            .secured()
            .ok::<Page<Question>>()
            .fails(&[&problem::MALFORMED])
    });
    let create = resource::create_route::<Question>("migratio_questions");
    ApiRouter::new()
        .api_route("/questions", list.merge(create))
        .api_route("/questions/{id}", resource::one_routes::<Question>("migratio_questions"))
}

/// Where a question stands: its position, and its id among those that share it.
type Place = (i32, Uuid);

async fn list(
    State(app): State<App>,
    _: Caller,
    Params(params): Params<QuestionParams>,
) -> Result<Reply> {
    let position = Position::<Place>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = match &params.section {
        Some(section) => of_section(&mut conn, &position, section).await?,
        None => of_all(&mut conn, &position).await?,
    };
    Reply::json(&position.page(rows, |question| (question.position, question.id)))
}

async fn of_all(
    conn: &mut PgConnection,
    position: &Position<Place>,
) -> sqlx::Result<Vec<Question>> {
    let (place, id) = position.after.unzip();
    sqlx::query_file_as!(Question, "sql/migratio/questions/list.sql", id, position.rows, place)
        .fetch_all(conn)
        .await
}

async fn of_section(
    conn: &mut PgConnection,
    position: &Position<Place>,
    section: &str,
) -> sqlx::Result<Vec<Question>> {
    let (place, id) = position.after.unzip();
    sqlx::query_file_as!(
        Question,
        "sql/migratio/questions/list_by_section.sql",
        id,
        position.rows,
        place,
        section,
    )
    .fetch_all(conn)
    .await
}
