//! Direct messages: what one user writes to another. Nobody else reads them.

mod conversations;

pub use conversations::Conversation;

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
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App,
    database::Timestamp,
    entity,
    identity::Caller,
    listed, nested, readable,
    rest::{
        extract::{Id, Nothing, Params, Path, Post},
        idempotency,
        openapi::{Describe, Op},
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, WRITE},
    },
};

/// What one user wrote to another.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct DirectMessage {
    /// Id.
    pub id: Uuid,
    /// Who wrote it.
    pub sender_id: Uuid,
    /// To whom; null when their account is gone.
    pub receiver_id: Option<Uuid>,
    /// What was written.
    pub message: String,
    /// The receiver has read it.
    pub read: bool,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`DirectMessage`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DirectMessageInput {
    /// To whom: somebody whom the sender is connected with, or shares a session with.
    pub receiver_id: Uuid,
    /// What to write.
    #[validate(length(min = 1, max = 10_000))]
    pub message: String,
}

nested!(DirectMessage);
entity!(DirectMessage);

readable! {
    DirectMessage, "direct message",
    at: |place: Id| [place.id],
    get: "sql/mentorship/direct_messages/get.sql",
}
listed!(DirectMessage, "sql/mentorship/direct_messages/list.sql");

/// How many messages were marked.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MarkedRead {
    /// How many messages are read now that were not before.
    pub read: i64,
}

/// With whom.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Partner {
    /// The other user's id.
    user_id: Uuid,
}

/// Everything under `/messages`.
pub fn routes() -> ApiRouter<App> {
    let send = post_with(send, |op| {
        describe(op, "create", "Writes to somebody whom you are connected or share a session with")
            .description("403 for everybody else, whether they exist or not.")
            .created::<DirectMessage>()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN])
            .example(json!({
                "receiverId": "01920000-0000-7000-8000-000000000000",
                "message": "Shall we talk on Monday?",
            }))
    });
    let with = get_with(list_with, |op| {
        describe(op, "list_with", "Lists, newest first, what you and another user wrote")
            .ok::<Page<DirectMessage>>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    });
    let read = post_with(read, |op| {
        describe(op, "read", "Marks as read all that another user wrote to you")
            .ok::<MarkedRead>()
            .fails(WRITE)
            .fails(&[&problem::NOT_FOUND])
    });
    let list = resource::list_route::<DirectMessage>("mentorship_direct_messages");
    let get = resource::get_route::<DirectMessage>("mentorship_direct_messages");
    ApiRouter::new()
        .api_route("/messages", list.merge(send))
        .api_route("/messages/{id}", get)
        .merge(conversations::routes())
        .api_route("/messages/with/{userId}", with)
        .api_route("/messages/with/{userId}/read", read)
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("mentorship_direct_messages_{verb}"), summary).secured()
}

async fn send(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Post { input, key }: Post<DirectMessageInput>,
) -> Result<Response> {
    // The table refuses it, too, but PostgreSQL would write the message into its log.
    if input.receiver_id == caller.id {
        return Err(Problem::invalid("/receiverId", "other", "must be somebody else"));
    }
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let message = insert(conn, caller.id, &input).await?.ok_or_else(|| {
            Problem::new(&problem::FORBIDDEN).detail(
                "you may write to people whom you are connected with or share a session with",
            )
        })?;
        Reply::created(uri.path(), &message)
    })
    .await
}

/// The new message, if the sender may write to the receiver.
async fn insert(
    conn: &mut PgConnection,
    sender: Uuid,
    input: &DirectMessageInput,
) -> sqlx::Result<Option<DirectMessage>> {
    sqlx::query_file_as!(
        DirectMessage,
        "sql/mentorship/direct_messages/insert.sql",
        sender,
        input.receiver_id,
        input.message,
    )
    .fetch_optional(conn)
    .await
}

async fn list_with(
    State(app): State<App>,
    caller: Caller,
    Path(Partner { user_id }): Path<Partner>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        DirectMessage,
        "sql/mentorship/direct_messages/list_with.sql",
        caller.id,
        position.after,
        position.rows,
        user_id,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |message| message.id))
}

async fn read(
    State(app): State<App>,
    caller: Caller,
    Path(Partner { user_id }): Path<Partner>,
    Post { key, .. }: Post<Nothing>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let marked = sqlx::query_file_as!(
            MarkedRead,
            "sql/mentorship/direct_messages/read.sql",
            caller.id,
            user_id,
        );
        Reply::json(&marked.fetch_one(conn).await?)
    })
    .await
}
