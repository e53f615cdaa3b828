//! The messages of a conversation. They stay as they were written.

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use axum::extract::{OriginalUri, State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use validator::Validate;

use super::{
    conversations::{BODY, Conversation},
    notifications::Deliveries,
};
use crate::{
    App,
    database::Timestamp,
    entity,
    identity::Caller,
    readable,
    rest::{
        extract::{Id, Item, Params, Path, Valid},
        openapi::{Describe, Op},
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Readable},
    },
    server::worker::Queue,
};

// Neither type can be written down by mistake: both do without `Debug`.

/// A message in a conversation.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "VisitnowMessage")]
pub struct Message {
    /// Id.
    pub id: Uuid,
    /// The conversation.
    pub conversation_id: Uuid,
    /// Who wrote it; null when it was somebody of the practice whose account is gone.
    pub sender_id: Option<Uuid>,
    /// True: by the patient; false: by the practice.
    pub from_patient: bool,
    /// What was written.
    pub content: String,
    /// When the other side read it; null: not yet.
    pub read_at: Option<Timestamp>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Message`].
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "VisitnowMessageInput")]
pub struct MessageInput {
    /// What to write.
    #[validate(length(min = 1, max = 10_000))]
    pub content: String,
}

entity!(Message);
readable! {
    Message, "message",
    at: |place: Item| [place.id, place.item_id],
    get: "sql/visitnow/messages/get.sql",
}

/// Everything under `/conversations/{id}/messages`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        describe(op, "list", "Lists, newest first, the messages of a conversation")
            .ok::<Page<Message>>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    });
    let send = post_with(send, |op| {
        describe(op, "create", "Writes a message to the other side")
            .description("An `Idempotency-Key` is ignored: what you write is stored nowhere else.")
            .created::<Message>()
            .fails(BODY)
            .fails(&[&problem::NOT_FOUND])
            .example(json!({"content": "Thank you, that helps."}))
    });
    let get = resource::get_route::<Message>("visitnow_messages");
    ApiRouter::new()
        .api_route("/conversations/{id}/messages", list.merge(send))
        .api_route("/conversations/{id}/messages/{itemId}", get)
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("visitnow_messages_{verb}"), summary).secured()
}

fn no_conversation() -> Problem {
    Problem::not_found(Conversation::NAME)
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Message,
        "sql/visitnow/messages/list.sql",
        caller.id,
        place.id,
        position.after,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    // Nothing further on, or no such conversation: only then is it worth a second query to tell.
    if rows.is_empty() && Conversation::get(&mut conn, caller.id, place).await?.is_none() {
        return Err(no_conversation());
    }
    Reply::json(&position.page(rows, |message| message.id))
}

async fn send(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(place): Path<Id>,
    Valid(input): Valid<MessageInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let sent = sqlx::query_file_as!(
        Message,
        "sql/visitnow/messages/insert.sql",
        caller.id,
        place.id,
        input.content,
    )
    .fetch_optional(&mut *conn)
    .await?;
    app.bells.ring(Deliveries::NAME);
    Reply::created(uri.path(), &sent.ok_or_else(no_conversation)?)
}
