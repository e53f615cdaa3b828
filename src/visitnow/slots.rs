//! When a provider is there to be booked.

mod list;
mod moves;
mod open;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::VisitMode;
use crate::{
    App,
    database::Timestamp,
    deletable, entity, readable,
    rest::{extract::Id, resource},
};

/// A time at which a provider is there to be booked.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// Id.
    pub id: Uuid,
    /// Whose it is.
    pub provider_id: Uuid,
    /// Where.
    pub clinic_id: Uuid,
    /// The template that it was made from; null: by hand, or the template is gone.
    pub template_id: Option<Uuid>,
    /// When it begins.
    #[serde(rename = "start")]
    pub start_at: Timestamp,
    /// When it ends.
    #[serde(rename = "end")]
    pub end_at: Timestamp,
    /// How patient and provider meet.
    pub mode: VisitMode,
    /// Whether it is free.
    pub status: SlotStatus,
    /// Until when it is held for somebody who waits; null where it is not.
    pub held_until: Option<Timestamp>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
    #[serde(skip)]
    may_write: bool,
}

/// Whether a slot is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.slot_status", rename_all = "snake_case")]
pub enum SlotStatus {
    /// It is.
    Open,
    /// It is offered to somebody who waits.
    Held,
    /// An appointment takes it.
    Booked,
    /// The practice keeps it back.
    Blocked,
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ByStart {
    start: Timestamp,
    // Named, so that no cursor of another list is taken for one of this.
    #[serde(rename = "slot")]
    id: Uuid,
}

impl ByStart {
    const fn of(last: &Slot) -> Self {
        Self { start: last.start_at, id: last.id }
    }
}

entity!(Slot);
readable! {
    Slot, "slot",
    shared: |row, _caller| row.may_write,
    at: |place: Id| [place.id],
    get: "sql/visitnow/slots/get.sql",
}
deletable!(Slot, at: |place: Id| [place.id], "sql/visitnow/slots/delete.sql");

/// Everything under `/slots`, and `/providers/{id}/slots`.
pub fn routes() -> ApiRouter<App> {
    let one = resource::get_route::<Slot>("visitnow_slots")
        .merge(resource::delete_route::<Slot>("visitnow_slots"));
    ApiRouter::new()
        .api_route("/slots", list::route())
        .api_route("/slots/{id}", one)
        .api_route("/providers/{id}/slots", open::route())
        .merge(moves::routes())
}
