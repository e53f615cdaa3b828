//! Everybody whom a user writes with, and what was said last.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{DirectMessage, describe};
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::Params,
        openapi::Describe,
        page::{Page, PageParams, Position},
        problem::{self, Result},
        reply::Reply,
    },
};

/// All that was written with one other user.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MentorshipConversation")]
pub struct Conversation {
    /// The other user; null for all those together whose accounts are gone.
    pub user_id: Option<Uuid>,
    /// The name that others see of them.
    pub display_name: Option<String>,
    /// Address of their picture.
    pub image: Option<String>,
    /// What was written last, by whichever of the two.
    pub last_message: DirectMessage,
    /// How many of their messages have not been read.
    pub unread_count: i64,
}

/// `/messages/conversations`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        describe(op, "conversations", "Lists, last written in first, your conversations")
            .ok::<Page<Conversation>>()
            .fails(&[&problem::MALFORMED])
    });
    ApiRouter::new().api_route("/messages/conversations", list)
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Conversation,
        "sql/mentorship/direct_messages/conversations.sql",
        caller.id,
        position.after,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |conversation| conversation.last_message.id))
}
