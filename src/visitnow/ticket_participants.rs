//! Who follows a ticket: administrators add and remove, anybody leaves. With the last one the ticket goes.

use aide::axum::{ApiRouter, routing::delete_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use super::{KEEPER, Ticket, TicketEvent};
use crate::{
    App,
    identity::Caller,
    moves,
    rest::{
        extract::{Id, Path},
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Readable},
    },
};

/// Who shall follow a ticket.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketFollower {
    /// Somebody with an active account; who follows it already stays as they are.
    pub user_id: Uuid,
}

/// Which ticket, and who follows it.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FollowerPath {
    /// The ticket.
    id: Uuid,
    /// Who follows it.
    user_id: Uuid,
}

moves! {
    /// An administrator has somebody follow it.
    Follow(Ticket), "sql/visitnow/ticket_participants/insert.sql",
    |input: TicketFollower| [input.user_id],
    by: KEEPER,
    example: {"userId": "01920000-0000-7000-8000-000000000000"},
}

/// Everything under `/tickets/{id}/participants`.
pub fn routes() -> ApiRouter<App> {
    let follow = resource::move_route::<Follow>(
        "visitnow_ticket_participants_create",
        "Has somebody follow a ticket, as an administrator",
    );
    let leave = delete_with(leave, |op| {
        op.about("visitnow_ticket_participants_delete", "Leaves a ticket")
            .description(
                "Administrators may remove others, too. When the last one leaves, the ticket is deleted.",
            )
            .secured()
            .no_content()
            .fails(&[&problem::NOT_FOUND, &problem::FORBIDDEN])
    });
    ApiRouter::new()
        .api_route("/tickets/{id}/participants", follow)
        .api_route("/tickets/{id}/participants/{userId}", leave)
}

async fn leave(
    State(app): State<App>,
    caller: Caller,
    Path(FollowerPath { id, user_id }): Path<FollowerPath>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let left = sqlx::query_file_scalar!(
        "sql/visitnow/ticket_participants/delete.sql",
        caller.id,
        id,
        user_id
    )
    .fetch_optional(&mut *conn)
    .await?;
    if left.is_some() {
        return Ok(Reply::no_content());
    }
    Err(match Ticket::get(&mut conn, caller.id, Id { id }).await? {
        None => Problem::not_found(Ticket::NAME),
        Some(_) if user_id != caller.id && !caller.has(KEEPER) => {
            Problem::new(&problem::FORBIDDEN).detail("only administrators remove others")
        }
        Some(_) => Problem::not_found("participant"),
    })
}
