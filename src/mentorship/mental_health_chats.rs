//! What a user and the assistant say to each other in confidence.
//!
//! Nobody else reads it, and nothing of it is kept elsewhere: not in a log, and not as the answer to an
//! `Idempotency-Key`, which would outlive the history.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, post_with},
};
use axum::{
    extract::{OriginalUri, State},
    http::{HeaderValue, header},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tower_http::set_header::SetResponseHeaderLayer;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, creatable,
    database::Timestamp,
    entity,
    identity::Caller,
    listed, readable,
    rest::{
        extract::{Id, Valid},
        openapi::{Describe, Op},
        problem::{Kind, MALFORMED, Result, TOO_LARGE, UNSUPPORTED, VALIDATION},
        reply::Reply,
        resource::{self, Creatable},
    },
};

// Neither type can be written down by mistake: both do without `Debug`.

/// A message of the user, or the assistant's reply.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MentalHealthChat {
    /// Id.
    pub id: Uuid,
    /// What is said.
    pub message: String,
    /// True: by the user; false: by the assistant.
    pub is_from_user: bool,
    /// How it sounded to the assistant.
    pub sentiment: Option<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`MentalHealthChat`].
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MentalHealthChatInput {
    /// What is said.
    #[validate(length(min = 1, max = 10_000))]
    pub message: String,
    /// True: by the user; false: by the assistant.
    #[serde(default = "by_the_user")]
    pub is_from_user: bool,
    /// How it sounded to the assistant.
    #[validate(length(min = 1, max = 200))]
    pub sentiment: Option<String>,
}

const fn by_the_user() -> bool {
    true
}

entity!(MentalHealthChat);
readable! {
    MentalHealthChat, "message",
    at: |place: Id| [place.id],
    get: "sql/mentorship/mental_health_chats/get.sql",
}
listed!(MentalHealthChat, "sql/mentorship/mental_health_chats/list.sql");
creatable! {
    MentalHealthChat, MentalHealthChatInput, "sql/mentorship/mental_health_chats/insert.sql",
    |input| [input.message, input.is_from_user, input.sentiment],
    example: {"message": "I did not sleep again.", "isFromUser": true, "sentiment": "tired"},
}

/// How a request with a body can fail.
const BODY: &[&Kind] = &[&MALFORMED, &TOO_LARGE, &UNSUPPORTED, &VALIDATION];

/// Everything under `/mental-health-chats`; nobody on the way may store an answer.
pub fn routes() -> ApiRouter<App> {
    let create = post_with(create, |op| {
        describe(op, "create", "Adds a message to the history")
            .description(
                "An `Idempotency-Key` is ignored: the stored answer would outlive the history that you clear.",
            )
            .created::<MentalHealthChat>()
            .fails(BODY)
            .example(MentalHealthChat::example())
    });
    let clear =
        delete_with(clear, |op| describe(op, "clear", "Clears the whole history").no_content());
    let list = resource::list_route::<MentalHealthChat>("mentorship_mental_health_chats");
    let get = resource::get_route::<MentalHealthChat>("mentorship_mental_health_chats");
    ApiRouter::new()
        .api_route("/mental-health-chats", list.merge(create).merge(clear))
        .api_route("/mental-health-chats/{id}", get)
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("mentorship_mental_health_chats_{verb}"), summary).secured()
}

async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Valid(input): Valid<MentalHealthChatInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let said = MentalHealthChat::insert(&mut conn, caller.id, &input).await?;
    Reply::created(uri.path(), &said)
}

async fn clear(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    sqlx::query_file!("sql/mentorship/mental_health_chats/clear.sql", caller.id)
        .execute(&mut *conn)
        .await?;
    Ok(Reply::no_content())
}
