//! What is done with a ticket: its moves, what is said about it, who takes care of it and how soon.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use validator::Validate;

use super::{Ticket, TicketPriority};
use crate::{App, moves, rest::resource, visitnow::KEEPER};

/// What is said to a move.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketNote {
    /// What to say to it.
    #[validate(length(min = 1, max = 2000))]
    pub note: Option<String>,
}

/// What is said about a ticket.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketComment {
    /// What to say.
    #[validate(length(min = 1, max = 2000))]
    pub message: String,
}

/// Who shall take care of a ticket.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketAssignment {
    /// An administrator of visitnow; null: nobody. It must be said.
    #[serde(deserialize_with = "Option::deserialize")]
    pub assigned_to_id: Option<Uuid>,
    /// What to say to it.
    #[validate(length(min = 1, max = 2000))]
    pub note: Option<String>,
}

/// How pressing a ticket shall be.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketUrgency {
    /// How pressing it is.
    pub priority: TicketPriority,
    /// What to say to it.
    #[validate(length(min = 1, max = 2000))]
    pub note: Option<String>,
}

moves! {
    /// Somebody is at it, or the customer has answered.
    Start(Ticket), "sql/visitnow/tickets/start.sql",
    |input: TicketNote| [input.note],
    example: {"note": "We are looking into it."},
}
moves! {
    /// The customer must say or do something first.
    Wait(Ticket), "sql/visitnow/tickets/wait.sql",
    |input: TicketNote| [input.note],
    example: {"note": "Which browser is it?"},
}
moves! {
    /// It is done with, unless the customer disagrees.
    Resolve(Ticket), "sql/visitnow/tickets/resolve.sql",
    |input: TicketNote| [input.note],
    example: {"note": "Please reload the page once."},
}
moves! {
    /// It is not done with.
    Reopen(Ticket), "sql/visitnow/tickets/reopen.sql",
    |input: TicketNote| [input.note],
    example: {"note": "It is back."},
}
moves! {
    /// It is done with for good.
    Close(Ticket), "sql/visitnow/tickets/close.sql",
    |input: TicketNote| [input.note],
    example: {"note": "Thank you!"},
}
moves! {
    /// Something is said about it.
    Comment(Ticket), "sql/visitnow/tickets/comment.sql",
    |input: TicketComment| [input.message],
    example: {"message": "It is the same on the telephone."},
}
moves! {
    /// An administrator gives it to one of them.
    Assign(Ticket), "sql/visitnow/tickets/assign.sql",
    |input: TicketAssignment| [input.assigned_to_id, input.note],
    by: KEEPER,
    example: {"assignedToId": null},
}
moves! {
    /// An administrator says how pressing it is.
    Prioritize(Ticket), "sql/visitnow/tickets/prioritize.sql",
    |input: TicketUrgency| [input.priority as _, input.note],
    by: KEEPER,
    example: {"priority": "high", "note": "The visit is tomorrow."},
}

/// Everything under `/tickets/{id}` that changes a ticket.
pub fn routes() -> ApiRouter<App> {
    let start = resource::move_route::<Start>(
        "visitnow_tickets_start",
        "Moves a ticket to in_progress: an administrator who is at it, or a participant who answers",
    );
    let wait = resource::move_route::<Wait>(
        "visitnow_tickets_wait",
        "Moves a ticket to waiting_on_customer, as an administrator",
    );
    let resolve = resource::move_route::<Resolve>(
        "visitnow_tickets_resolve",
        "Moves a ticket to resolved, as an administrator",
    );
    let reopen =
        resource::move_route::<Reopen>("visitnow_tickets_reopen", "Moves a ticket back to open");
    let close = resource::move_route::<Close>("visitnow_tickets_close", "Closes a ticket for good");
    let comment = resource::move_route::<Comment>(
        "visitnow_tickets_comment",
        "Adds to the events of a ticket what you say about it",
    );
    let assign = resource::move_route::<Assign>(
        "visitnow_tickets_assign",
        "Gives a ticket to an administrator, or to nobody",
    );
    let prioritize = resource::move_route::<Prioritize>(
        "visitnow_tickets_prioritize",
        "Says how pressing a ticket is",
    );
    ApiRouter::new()
        .api_route("/tickets/{id}/start", start)
        .api_route("/tickets/{id}/wait", wait)
        .api_route("/tickets/{id}/resolve", resolve)
        .api_route("/tickets/{id}/reopen", reopen)
        .api_route("/tickets/{id}/close", close)
        .api_route("/tickets/{id}/comments", comment)
        .api_route("/tickets/{id}/assign", assign)
        .api_route("/tickets/{id}/prioritize", prioritize)
}
