//! Tickets: what went wrong, of which the administrators take care together with those who follow it.

mod events;
mod list;
mod moves;

pub use events::{TicketEvent, TicketEventType, TicketSide};
pub use list::TicketSummary;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, creatable,
    database::Timestamp,
    entity, readable,
    rest::{extract::Id, resource},
};

/// Something that went wrong, and what happened to it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// Id.
    pub id: Uuid,
    /// What people call it: VN-2026-000123.
    pub ticket_number: String,
    /// What it is about.
    pub category: TicketCategory,
    /// How pressing it is; administrators say so.
    pub priority: TicketPriority,
    /// How far it has come.
    pub status: TicketStatus,
    /// What is wrong, in a line.
    pub subject: String,
    /// What is wrong.
    pub description: String,
    /// The appointment that it is about.
    pub appointment_id: Option<Uuid>,
    /// The administrator who takes care of it; null when nobody does.
    pub assigned_to_id: Option<Uuid>,
    /// Who follows it, who did first first.
    pub participant_ids: Vec<Uuid>,
    /// What happened to it, oldest first.
    #[schemars(with = "Vec<TicketEvent>")]
    pub events: Json<Vec<TicketEvent>>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Ticket`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketInput {
    /// What it is about.
    pub category: TicketCategory,
    /// What is wrong, in a line.
    #[validate(length(min = 1, max = 200))]
    pub subject: String,
    /// What is wrong.
    #[validate(length(min = 1, max = 10_000))]
    pub description: String,
    /// The appointment that it is about, one that you have a part in.
    pub appointment_id: Option<Uuid>,
}

/// What a ticket is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.ticket_category", rename_all = "snake_case")]
pub enum TicketCategory {
    /// Booking an appointment.
    Booking,
    /// Paying.
    Payment,
    /// What does not work.
    Technical,
    /// The visit itself.
    Clinical,
    /// The account.
    Account,
    /// Anything else.
    Other,
}

/// How pressing a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.ticket_priority", rename_all = "snake_case")]
pub enum TicketPriority {
    /// It can wait.
    Low,
    /// Like most.
    Normal,
    /// Before most.
    High,
    /// Before all.
    Urgent,
}

/// How far a ticket has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.ticket_status", rename_all = "snake_case")]
pub enum TicketStatus {
    /// Opened.
    Open,
    /// An administrator is at it.
    InProgress,
    /// It is the participants' turn.
    WaitingOnCustomer,
    /// Done with, unless a participant disagrees.
    Resolved,
    /// Done with for good.
    Closed,
}

entity!(Ticket, words: ["subject", "description", "events/note"]);
readable! {
    Ticket, "ticket",
    at: |place: Id| [place.id],
    get: "sql/visitnow/tickets/get.sql",
}
creatable! {
    Ticket, TicketInput, "sql/visitnow/tickets/insert.sql",
    |input| [input.category as _, input.subject, input.description, input.appointment_id],
    example: {
        "category": "technical", "subject": "No picture", "description": "In the video visit I hear but see nothing.",
    },
}

/// Everything under `/tickets` and `/admin/tickets`, save who follows them.
pub fn routes() -> ApiRouter<App> {
    let id = "visitnow_tickets";
    ApiRouter::new()
        .api_route("/tickets", list::own_route().merge(resource::create_route::<Ticket>(id)))
        .api_route("/tickets/{id}", resource::get_route::<Ticket>(id))
        .api_route("/admin/tickets", list::all_route())
        .merge(moves::routes())
}
