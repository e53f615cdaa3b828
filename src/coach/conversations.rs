//! Conversations with the coach. What is said in them is in [`messages`](super::messages).

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    filters,
    identity::Caller,
    rest::{
        extract::Params,
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
        resource,
        validation::rules::document,
    },
};

/// A conversation of the user with the coach.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub title: Option<String>,
    /// What it is about.
    pub context: Option<String>,
    /// What belongs to the context, in a shape of its own.
    #[schemars(with = "Option<Map<String, Value>>")]
    pub metadata: Option<Json<Box<RawValue>>>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed, or a message last came.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Conversation`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConversationInput {
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub title: Option<String>,
    /// What it is about; conversations are listed by it.
    #[validate(length(min = 1, max = 200))]
    pub context: Option<String>,
    /// What belongs to the context: any JSON object of at most 64 KiB.
    #[validate(custom(function = "document"))]
    pub metadata: Option<Map<String, Value>>,
}

crud! {
    Conversation, ConversationInput, "conversation",
    get: "sql/coach/conversations/get.sql",
    insert: "sql/coach/conversations/insert.sql",
    update: "sql/coach/conversations/update.sql",
    delete: "sql/coach/conversations/delete.sql",
    columns: |input| [input.title, input.context, input.metadata.as_ref().map(Json) as _],
    example: {
        "title": "How to ask for more", "context": "SALARY", "metadata": {"company": "Acme"},
    },
}

filters! {
    /// Which conversations are wanted.
    ConversationParams {
        /// Only those about this.
        #[validate(length(min = 1, max = 200))]
        pub context: Option<String>,
    }
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ByUpdatedAt {
    id: Uuid,
    updated_at: Timestamp,
}

/// `/conversations` and `/conversations/{id}`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("coach_conversations_list", "Lists, last spoken in first, conversations")
            .secured()
            .ok::<Page<Conversation>>()
            .fails(&[&problem::MALFORMED])
    });
    ApiRouter::new()
        .api_route(
            "/conversations",
            list.merge(resource::create_route::<Conversation>("coach_conversations")),
        )
        .api_route(
            "/conversations/{id}",
            resource::one_routes::<Conversation>("coach_conversations"),
        )
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<ConversationParams>,
) -> Result<Reply> {
    let position = Position::<ByUpdatedAt>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = rows(&mut conn, caller.id, &position, params.context.as_deref()).await?;
    Reply::json(
        &position.page(rows, |last| ByUpdatedAt { id: last.id, updated_at: last.updated_at }),
    )
}

/// About one thing or about anything; each way has its index.
async fn rows(
    conn: &mut PgConnection,
    owner: Uuid,
    position: &Position<ByUpdatedAt>,
    context: Option<&str>,
) -> sqlx::Result<Vec<Conversation>> {
    let after = position.after.as_ref();
    let (id, time) = after.map(|last| (last.id, last.updated_at)).unzip();
    let rows = position.rows;
    match context {
        Some(context) => {
            let file = sqlx::query_file_as!(
                Conversation,
                "sql/coach/conversations/list_by_context.sql",
                owner,
                id,
                rows,
                time,
                context
            );
            file.fetch_all(conn).await
        }
        None => {
            let file = sqlx::query_file_as!(
                Conversation,
                "sql/coach/conversations/list.sql",
                owner,
                id,
                rows,
                time
            );
            file.fetch_all(conn).await
        }
    }
}
