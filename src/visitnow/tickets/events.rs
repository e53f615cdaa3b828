//! What happens to a ticket. The database writes it down.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::database::Timestamp;

/// What happened to a ticket. Nobody is named.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketEvent {
    /// When.
    pub at: Timestamp,
    /// By which side.
    pub by: TicketSide,
    /// What.
    #[serde(rename = "type")]
    pub kind: TicketEventType,
    /// The status or priority before.
    pub from: Option<String>,
    /// The status or priority since then.
    pub to: Option<String>,
    /// What was said.
    pub note: Option<String>,
}

/// A side of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketSide {
    /// Who follows it.
    Customer,
    /// An administrator.
    Support,
    /// Nobody.
    System,
}

/// What may happen to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketEventType {
    /// It was opened.
    Opened,
    /// Its status changed.
    Status,
    /// Its priority changed.
    Priority,
    /// It was given to an administrator, or to nobody.
    Assigned,
    /// Something was said.
    Comment,
}
