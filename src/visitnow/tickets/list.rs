//! The lists of tickets: those that one follows, and for administrators all. Each way of asking has its index.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use validator::ValidationError;

use super::{TicketCategory, TicketPriority, TicketStatus};
use crate::{
    App,
    database::Timestamp,
    filters,
    identity::Caller,
    rest::{
        extract::{Params, several},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
        validation::rules::broken,
    },
    visitnow::Admin,
};

/// A ticket in a list; all that was said about it is read in the ticket.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketSummary {
    /// Id.
    pub id: Uuid,
    /// What people call it: VN-2026-000123.
    pub ticket_number: String,
    /// What it is about.
    pub category: TicketCategory,
    /// How pressing it is.
    pub priority: TicketPriority,
    /// How far it has come.
    pub status: TicketStatus,
    /// What is wrong, in a line.
    pub subject: String,
    /// The appointment that it is about.
    pub appointment_id: Option<Uuid>,
    /// The administrator who takes care of it; null when nobody does.
    pub assigned_to_id: Option<Uuid>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

filters! {
    /// Which tickets are wanted.
    TicketParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<TicketStatus>,
        /// Only these priorities: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub priority: Vec<TicketPriority>,
        /// Only those whose number begins like this.
        #[validate(custom(function = "beginning"))]
        pub number: Option<String>,
    }
}

impl TicketParams {
    /// The beginning of the number as numbers are written.
    fn beginning(&self) -> Option<String> {
        self.number.as_deref().map(str::to_ascii_uppercase)
    }
}

fn beginning(text: &str) -> std::result::Result<(), ValidationError> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    match (1..=30).contains(&text.len()) && text.bytes().all(fits) {
        true => Ok(()),
        false => Err(broken("number", "must be the beginning of a number such as VN-2026-000123")),
    }
}

/// `GET /tickets`.
pub fn own_route() -> ApiMethodRouter<App> {
    get_with(own, |op| {
        op.about("visitnow_tickets_list", "Lists, newest first, the tickets that you follow")
            .secured()
            .ok::<Page<TicketSummary>>()
            .fails(&[&problem::MALFORMED])
    })
}

/// `GET /admin/tickets`.
pub fn all_route() -> ApiMethodRouter<App> {
    get_with(all, |op| {
        op.about("visitnow_tickets_list_all", "Lists everybody's tickets, as an administrator")
            .description(
                "The most pressing first, among these the newest. With `number`: the highest number first.",
            )
            .secured()
            .ok::<Page<TicketSummary>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    })
}

async fn own(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<TicketParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        TicketSummary,
        "sql/visitnow/tickets/list.sql",
        caller.id,
        position.after,
        position.rows,
        &params.status as _,
        &params.priority as _,
        params.beginning(),
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |ticket| ticket.id))
}

async fn all(
    State(app): State<App>,
    Admin(caller): Admin,
    Params(params): Params<TicketParams>,
) -> Result<Reply> {
    match params.beginning() {
        Some(number) => by_number(&app, &caller, &params, &number).await,
        None => by_priority(&app, &caller, &params).await,
    }
}

async fn by_priority(app: &App, caller: &Caller, params: &TicketParams) -> Result<Reply> {
    let position = Position::<(TicketPriority, Uuid)>::of(params)?;
    let (priority, id) = position.after.unzip();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        TicketSummary,
        "sql/visitnow/tickets/list_by_priority.sql",
        caller.id,
        priority as _,
        id,
        position.rows,
        &params.status as _,
        &params.priority as _,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |ticket| (ticket.priority, ticket.id)))
}

async fn by_number(
    app: &App,
    caller: &Caller,
    params: &TicketParams,
    number: &str,
) -> Result<Reply> {
    let position = Position::<String>::of(params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        TicketSummary,
        "sql/visitnow/tickets/list_by_number.sql",
        caller.id,
        number,
        position.after,
        position.rows,
        &params.status as _,
        &params.priority as _,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |ticket| ticket.ticket_number.clone()))
}
