//! What a patient and a practice write to each other about one subject. Nobody else finds it.
//!
//! What is written may be of somebody's health: nothing of it is kept elsewhere, neither in a log, nor as the answer to an
//! `Idempotency-Key`.

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use axum::{
    extract::{OriginalUri, State},
    http::{HeaderValue, header},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tower_http::set_header::SetResponseHeaderLayer;
use uuid::Uuid;
use validator::Validate;

use super::{acts_for, messages, notifications::Deliveries};
use crate::{
    App,
    database::Timestamp,
    entity,
    identity::Caller,
    readable,
    rest::{
        extract::{Id, Nothing, Params, Path, Post, Valid},
        idempotency,
        openapi::{Describe, Op},
        page::{Page, PageParams, Position},
        problem::{
            self, CONFLICT, Kind, MALFORMED, Problem, Result, TOO_LARGE, UNSUPPORTED, VALIDATION,
        },
        reply::Reply,
        resource::{self, WRITE},
    },
    server::worker::Queue,
};

/// A conversation of a patient with a practice.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "VisitnowConversation")]
pub struct Conversation {
    /// Id.
    pub id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
    /// The name that patients see of the provider.
    pub provider_name: String,
    /// The patient.
    pub patient_id: Uuid,
    /// The patient's name.
    pub patient_name: String,
    /// What it is about.
    pub subject: String,
    /// How many messages of the patient the practice has not read.
    pub unread_count_provider: i32,
    /// How many messages of the practice the patient has not read.
    pub unread_count_patient: i32,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it last changed, as it does with every message.
    pub updated_at: Timestamp,
}

/// A conversation to be begun.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "VisitnowConversationInput")]
pub struct ConversationInput {
    /// With whom, or on whose behalf.
    pub provider_id: Uuid,
    /// To which patient a practice writes; absent: you are the patient.
    pub patient_id: Option<Uuid>,
    /// What it is about.
    #[validate(length(min = 1, max = 200))]
    pub subject: String,
    /// The first message.
    #[validate(length(min = 1, max = 10_000))]
    pub message: String,
}

/// How many messages were marked.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "VisitnowMarkedRead")]
pub struct MarkedRead {
    /// How many messages of the other side are read now that were not before.
    pub read: i64,
}

entity!(Conversation);
readable! {
    Conversation, "conversation",
    at: |place: Id| [place.id],
    get: "sql/visitnow/conversations/get.sql",
}

/// How writing can fail.
pub const BODY: &[&Kind] = &[&MALFORMED, &CONFLICT, &TOO_LARGE, &UNSUPPORTED, &VALIDATION];

/// Where a list goes on that has what changed last first.
type Key = (Timestamp, Uuid);

/// Everything under `/conversations`, and a practice's list; nobody on the way may store an answer.
pub fn routes() -> ApiRouter<App> {
    let begin = post_with(begin, |op| {
        describe(op, "create", "Begins a conversation with its first message")
            .description(
                "A patient begins one with an active provider; a practice, with `patientId`, with a patient who has or had \
                 an appointment there. An `Idempotency-Key` is ignored: what you write is stored nowhere else.",
            )
            .created::<Conversation>()
            .fails(BODY)
            .fails(&[&problem::FORBIDDEN])
            .example(json!({
                "providerId": "01920000-0000-7000-8000-000000000000",
                "subject": "After the visit",
                "message": "May I swim again?",
            }))
    });
    let own = get_with(list, |op| {
        describe(
            op,
            "list",
            "Lists, last changed first, the conversations that you have as a patient",
        )
        .ok::<Page<Conversation>>()
        .fails(&[&problem::MALFORMED])
    });
    let practice = get_with(list_of_provider, |op| {
        describe(op, "list_of_provider", "Lists, last changed first, a practice's conversations")
            .ok::<Page<Conversation>>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    });
    let read = post_with(read, |op| {
        describe(op, "read", "Marks as read all that the other side wrote")
            .ok::<MarkedRead>()
            .fails(WRITE)
            .fails(&[&problem::NOT_FOUND])
    });
    let get = resource::get_route::<Conversation>("visitnow_conversations");
    ApiRouter::new()
        .api_route("/conversations", own.merge(begin))
        .api_route("/conversations/{id}", get)
        .api_route("/conversations/{id}/read", read)
        .api_route("/providers/{id}/conversations", practice)
        .merge(messages::routes())
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("visitnow_conversations_{verb}"), summary).secured()
}

async fn begin(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Valid(input): Valid<ConversationInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let begun = sqlx::query_file_as!(
        Conversation,
        "sql/visitnow/conversations/begin.sql",
        caller.id,
        input.provider_id,
        input.patient_id,
        input.subject,
        input.message,
    )
    .fetch_one(&mut *conn)
    .await?;
    app.bells.ring(Deliveries::NAME);
    Reply::created(uri.path(), &begun)
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Key>::of(&params)?;
    let (at, id) = position.after.unzip();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Conversation,
        "sql/visitnow/conversations/list.sql",
        caller.id,
        at,
        id,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |row| (row.updated_at, row.id)))
}

async fn list_of_provider(
    State(app): State<App>,
    caller: Caller,
    Path(provider): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Key>::of(&params)?;
    let (at, id) = position.after.unzip();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Conversation,
        "sql/visitnow/conversations/list_of_provider.sql",
        caller.id,
        provider.id,
        at,
        id,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    // Nothing written, or nothing to look for: only then is it worth a second query to tell.
    if rows.is_empty() && !acts_for(&mut conn, caller.id, provider.id, "messages:write").await? {
        return Err(Problem::not_found("provider"));
    }
    Reply::json(&position.page(rows, |row| (row.updated_at, row.id)))
}

async fn read(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    Post { key, .. }: Post<Nothing>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let marked = sqlx::query_file_as!(
            MarkedRead,
            "sql/visitnow/conversations/read.sql",
            caller.id,
            place.id,
        );
        let marked = marked.fetch_optional(conn).await?;
        Reply::json(&marked.ok_or_else(|| Problem::not_found("conversation"))?)
    })
    .await
}
