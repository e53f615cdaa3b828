//! The waitlist: patients who wait for a slot of a provider to be freed, and are offered it one after the other.

mod accept;
mod desired_range;
mod practice;
mod queue;

pub use desired_range::DesiredRange;
pub use queue::Holds;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, creatable,
    database::Timestamp,
    entity, filters, inputs, listed, moves, readable,
    rest::{
        extract::{Id, Nothing, several},
        resource,
    },
    writable,
};

/// Somebody who waits for a provider.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WaitlistEntry {
    /// Id; who came first has the lesser one.
    pub id: Uuid,
    /// Who waits.
    pub patient_id: Uuid,
    /// For whom.
    pub provider_id: Uuid,
    /// Within which time the slot must be.
    pub desired_range: DesiredRange,
    /// What has become of it.
    pub status: WaitlistStatus,
    /// The slot that is held for the patient; null where none is.
    pub offered_slot_id: Option<Uuid>,
    /// Until when it is held.
    pub held_until: Option<Timestamp>,
    /// Since when they wait.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
    #[serde(skip)]
    is_patient: bool,
}

inputs! {
    /// What a patient writes of a new [`WaitlistEntry`].
    WaitlistInput {
        /// For whom they wait; once at a time.
        pub provider_id: Uuid,
    }

    /// What a patient changes of a [`WaitlistEntry`] while they wait; they keep their place.
    WaitlistChange {
        /// Within which time the slot must be, from its start to its end.
        #[validate(nested)]
        pub desired_range: DesiredRange,
    }
}

/// What has become of somebody who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.waitlist_status", rename_all = "snake_case")]
pub enum WaitlistStatus {
    /// No slot was freed yet that is free for them.
    Waiting,
    /// A slot is held for them.
    Offered,
    /// They booked it.
    Booked,
    /// They did not answer in time, or the time that they wanted is over.
    Expired,
    /// They wait no longer, or did not want the slot.
    Cancelled,
}

filters! {
    /// Which of your entries are wanted.
    WaitlistParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<WaitlistStatus>,
    }
}

entity!(WaitlistEntry);
readable! {
    WaitlistEntry, "waitlist entry",
    shared: |entry, _caller| entry.is_patient,
    at: |place: Id| [place.id],
    get: "sql/visitnow/waitlist/get.sql",
}
listed! {
    WaitlistEntry, "sql/visitnow/waitlist/list.sql",
    |params: WaitlistParams| [&params.status as _]
}
creatable! {
    WaitlistEntry, WaitlistInput, "sql/visitnow/waitlist/insert.sql",
    |input| [input.provider_id, input.desired_range.start as _, input.desired_range.end as _],
    example: {
        "providerId": "01920000-0000-7000-8000-000000000000",
        "desiredRange": {"start": "2199-03-01T00:00:00Z", "end": "2199-03-15T00:00:00Z"},
    },
}
writable! {
    WaitlistEntry, WaitlistChange,
    at: |place: Id| [place.id], "sql/visitnow/waitlist/update.sql",
    |input| [input.desired_range.start as _, input.desired_range.end as _],
    example: {
        "desiredRange": {"start": "2199-03-01T00:00:00Z", "end": "2199-04-01T00:00:00Z"},
    },
}
moves! {
    /// They wait no longer, or do not want the slot.
    Cancel(WaitlistEntry), "sql/visitnow/waitlist/cancel.sql",
    |_input: Nothing| [],
}

/// Everything under `/waitlist`, and `/providers/{id}/waitlist`.
pub fn routes() -> ApiRouter<App> {
    let list = resource::list_route::<WaitlistEntry>("visitnow_waitlist");
    let create = resource::create_route::<WaitlistEntry>("visitnow_waitlist");
    let cancel = resource::move_route::<Cancel>(
        "visitnow_waitlist_cancel",
        "Waits no longer, or declines the slot that is held, which the next is offered",
    );
    ApiRouter::new()
        .api_route("/waitlist", list.merge(create))
        .api_route("/waitlist/{id}", resource::kept_routes::<WaitlistEntry>("visitnow_waitlist"))
        .api_route("/waitlist/{id}/accept", accept::route())
        .api_route("/waitlist/{id}/cancel", cancel)
        .api_route("/providers/{id}/waitlist", practice::route())
}
