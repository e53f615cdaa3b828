//! Messages in a conversation, strictly in the order in which they came.

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    identity::Caller,
    jsonb, nested,
    rest::{
        extract::{Id, Params, Path, Post},
        idempotency,
        openapi::{Describe, Op},
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Resource},
    },
};

/// A message in a conversation.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Message {
    /// Id.
    pub id: Uuid,
    /// The conversation.
    pub conversation_id: Uuid,
    /// Who says it.
    pub role: MessageRole,
    /// What is said.
    pub content: String,
    /// How it was made.
    pub metadata: Option<MessageMetadata>,
    /// When it was said; rises from message to message.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Message`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MessageInput {
    /// Who says it.
    pub role: MessageRole,
    /// What is said.
    #[validate(length(min = 1, max = 32_000))]
    pub content: String,
    /// How it was made.
    #[validate(nested)]
    pub metadata: Option<MessageMetadata>,
}

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "coach.message_role", rename_all = "snake_case")]
pub enum MessageRole {
    /// The user.
    User,
    /// The coach.
    Assistant,
    /// Whoever instructs the coach.
    System,
}

/// How a message was made.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MessageMetadata {
    /// The model that wrote it.
    #[validate(length(min = 1, max = 200))]
    pub model: Option<String>,
    /// How many tokens it took.
    #[validate(range(min = 0))]
    pub tokens: Option<i32>,
}

jsonb!(MessageMetadata);
nested!(Message);

/// Which message of which conversation.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessagePath {
    /// The conversation's id.
    id: Uuid,
    /// The message's id.
    message_id: Uuid,
}

crud! {
    Message, MessageInput, "message",
    at: |place: MessagePath| [place.id, place.message_id],
    get: "sql/coach/messages/get.sql",
    update: "sql/coach/messages/update.sql",
    delete: "sql/coach/messages/delete.sql",
    columns: |input| [input.role as _, input.content, input.metadata as _],
    example: {
        "role": "assistant", "content": "Ask first what the range is.",
        "metadata": {"model": "coach-1", "tokens": 212},
    },
}

/// Where a page of a conversation ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ByCreatedAt {
    id: Uuid,
    created_at: Timestamp,
}

/// Everything under `/conversations/{id}/messages`.
pub fn routes() -> ApiRouter<App> {
    ApiRouter::new()
        .api_route(
            "/conversations/{id}/messages",
            get_with(list, |op| {
                describe(op, "list", "Lists, newest first, the messages of a conversation")
                    .ok::<Page<Message>>()
                    .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
            })
            .merge(post_with(create, |op| {
                describe(op, "create", "Adds a message; its conversation leads the list")
                    .created::<Message>()
                    .fails(resource::WRITE)
                    .fails(&[&problem::NOT_FOUND])
                    .example(Message::example())
            })),
        )
        .api_route(
            "/conversations/{id}/messages/{messageId}",
            resource::one_routes::<Message>("coach_messages"),
        )
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("coach_messages_{verb}"), summary).secured()
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<ByCreatedAt>::of(&params)?;
    let after = position.after.as_ref();
    let mut conn = app.pool.get().await?;
    let found = sqlx::query_file!(
        "sql/coach/messages/list.sql",
        caller.id,
        id,
        after.map(|last| last.id),
        after.map(|last| last.created_at),
        position.rows,
    )
    .fetch_optional(&mut *conn)
    .await?;
    let found = found.ok_or_else(|| Problem::not_found("conversation"))?;
    Reply::json(
        &position
            .page(found.messages, |last| ByCreatedAt { id: last.id, created_at: last.created_at }),
    )
}

async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(Id { id }): Path<Id>,
    Post { input, key }: Post<MessageInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let message = insert(conn, caller.id, id, &input).await?;
        Reply::created(uri.path(), &message.ok_or_else(|| Problem::not_found("conversation"))?)
    })
    .await
}

/// The new message, if there is such a conversation.
async fn insert(
    conn: &mut PgConnection,
    owner: Uuid,
    conversation: Uuid,
    input: &MessageInput,
) -> sqlx::Result<Option<Message>> {
    sqlx::query_file_as!(
        Message,
        "sql/coach/messages/insert.sql",
        owner,
        conversation,
        input.role as _,
        input.content,
        input.metadata as _,
    )
    .fetch_optional(conn)
    .await
}
