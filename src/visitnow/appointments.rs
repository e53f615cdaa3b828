//! Appointments of patients with providers: booked by the one, held by the other, moved by both.

mod list;
mod moves;
mod notes;
mod practice;

pub use notes::{AppointmentNotes, AppointmentNotesInput};
pub(super) use practice::require_practice;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use super::VisitMode;
use crate::{
    App, creatable,
    database::Timestamp,
    entity, readable,
    rest::{extract::Id, resource},
};

// What patients say cannot be written down by mistake: types that have their words do without `Debug`.

/// A visit of a patient, or of somebody they take care of, with a provider.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Appointment {
    /// Id.
    pub id: Uuid,
    /// The patient; null: their account is gone.
    pub patient_id: Option<Uuid>,
    /// Who is treated, if not the patient.
    pub dependant_id: Option<Uuid>,
    /// The provider; null: their account is gone.
    pub provider_id: Option<Uuid>,
    /// Where; null: the clinic is gone.
    pub clinic_id: Option<Uuid>,
    /// What is done; null: nothing of the list, or it is gone.
    pub service_id: Option<Uuid>,
    /// The slot that it takes, or took before it was cancelled.
    pub slot_id: Option<Uuid>,
    /// When it begins.
    pub scheduled_start: Timestamp,
    /// When it ends.
    pub scheduled_end: Timestamp,
    /// How far it has come.
    pub status: AppointmentStatus,
    /// How patient and provider meet.
    pub channel: VisitMode,
    /// Why the patient comes, in their words; null to the practice once the visit was over for 90 days.
    pub reason: Option<String>,
    /// Every move, oldest first.
    #[schemars(with = "Vec<TimelineEntry>")]
    pub timeline: Json<Vec<TimelineEntry>>,
    /// How good it was to the patient, 1 (worst) to 5.
    pub rating: Option<i32>,
    /// When it was booked.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a patient writes of a new [`Appointment`].
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentInput {
    /// An open slot, or one that is held for the patient; it says with whom, where, when and how.
    pub slot_id: Uuid,
    /// Who is to be treated, if not the patient.
    pub dependant_id: Option<Uuid>,
    /// What is to be done: of the provider's list, and such that it fits the slot.
    pub service_id: Option<Uuid>,
    /// Why the patient comes.
    #[validate(length(max = 10_000))]
    pub reason: Option<String>,
}

/// A move of an appointment.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// Who made it.
    pub by: TimelineSide,
    /// How far the appointment was before; null: it was not.
    pub from: Option<AppointmentStatus>,
    /// How far it was then.
    pub to: AppointmentStatus,
    /// What was said to it.
    pub note: Option<String>,
}

/// Who made a move of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimelineSide {
    /// The patient.
    Patient,
    /// The provider.
    Provider,
    /// Somebody who works for the provider.
    Staff,
    /// Nobody of these: somebody's leaving.
    System,
}

/// How far an appointment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.appointment_status", rename_all = "snake_case")]
pub enum AppointmentStatus {
    /// Booked; the practice has yet to confirm it.
    Requested,
    /// It will take place.
    Confirmed,
    /// The patient is there.
    CheckedIn,
    /// It is taking place.
    InProgress,
    /// It took place.
    Completed,
    /// It was called off.
    Cancelled,
    /// The patient did not come.
    NoShow,
}

// What patients say may be about their health.
entity!(Appointment, words: ["reason", "timeline/note"]);
readable! {
    Appointment, "appointment",
    // The moves of the one side are not the other's.
    shared: |_row, _caller| false,
    at: |place: Id| [place.id],
    get: "sql/visitnow/appointments/get.sql",
}
creatable! {
    Appointment, AppointmentInput, "sql/visitnow/appointments/insert.sql",
    |input| [input.slot_id, input.dependant_id, input.service_id, input.reason],
    example: {
        "slotId": "01920000-0000-7000-8000-000000000000", "reason": "A cough that does not go away.",
    },
}

/// Everything under `/appointments`, and `/providers/{id}/appointments`.
pub fn routes() -> ApiRouter<App> {
    let create = resource::create_route::<Appointment>("visitnow_appointments");
    ApiRouter::new()
        .api_route("/appointments", list::route().merge(create))
        .api_route(
            "/appointments/{id}",
            resource::get_route::<Appointment>("visitnow_appointments"),
        )
        .api_route("/appointments/{id}/notes", notes::routes())
        .api_route("/providers/{id}/appointments", practice::route())
        .merge(moves::routes())
}
