//! What the two sides do with an appointment; the database knows who may do what, and when.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use validator::Validate;

use super::Appointment;
use crate::{App, moves, rest::resource::move_route};

/// What somebody says to a move of an appointment.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentMove {
    /// A word to the other side; it stays in the timeline.
    #[validate(length(max = 1000))]
    pub note: Option<String>,
}

/// Why an appointment is called off.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentCancellation {
    /// Why; it stays in the timeline as a note.
    #[validate(length(min = 1, max = 1000))]
    pub reason: String,
}

/// Another time for an appointment.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentReschedule {
    /// The slot to move to: an open one of the same provider, or one that is held for the patient.
    pub slot_id: Uuid,
    /// A word to the other side; it stays in the timeline.
    #[validate(length(max = 1000))]
    pub note: Option<String>,
}

/// How good a visit was.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentRating {
    /// 1 (worst) to 5.
    #[validate(range(min = 1, max = 5))]
    pub rating: i32,
}

moves! {
    /// The practice says that it will take place.
    Confirm(Appointment), "sql/visitnow/appointments/confirm.sql",
    |input: AppointmentMove| [input.note],
    example: {"note": "Please bring your X-rays."},
}
moves! {
    /// The patient is there.
    CheckIn(Appointment), "sql/visitnow/appointments/check_in.sql",
    |input: AppointmentMove| [input.note],
    example: {"note": "I am in the waiting room."},
}
moves! {
    /// It begins.
    Start(Appointment), "sql/visitnow/appointments/start.sql",
    |input: AppointmentMove| [input.note],
    example: {"note": "Ten minutes late; sorry."},
}
moves! {
    /// It is over.
    Complete(Appointment), "sql/visitnow/appointments/complete.sql",
    |input: AppointmentMove| [input.note],
    example: {"note": "See you in a month."},
}
moves! {
    /// Either side calls it off.
    Cancel(Appointment), "sql/visitnow/appointments/cancel.sql",
    |input: AppointmentCancellation| [input.reason],
    example: {"reason": "I have to travel."},
}
moves! {
    /// The patient did not come.
    NoShow(Appointment), "sql/visitnow/appointments/no_show.sql",
    |input: AppointmentMove| [input.note],
    example: {"note": "We called twice."},
}
moves! {
    /// Either side moves it to another time.
    Reschedule(Appointment), "sql/visitnow/appointments/reschedule.sql",
    |input: AppointmentReschedule| [input.slot_id, input.note],
    example: {"slotId": "01920000-0000-7000-8000-000000000000", "note": "A day later?"},
}
moves! {
    /// The patient says how good it was.
    Rate(Appointment), "sql/visitnow/appointments/rate.sql",
    |input: AppointmentRating| [input.rating],
    example: {"rating": 5},
}

/// `/appointments/{id}/<verb>`.
pub(super) fn routes() -> ApiRouter<App> {
    let confirm = move_route::<Confirm>(
        "visitnow_appointments_confirm",
        "Confirms, for the practice, an appointment that a patient asks for",
    );
    let check_in = move_route::<CheckIn>(
        "visitnow_appointments_check_in",
        "Says, for either side, that the patient is there",
    );
    let start = move_route::<Start>(
        "visitnow_appointments_start",
        "Begins, for the practice, the visit of a patient who is there",
    );
    let complete = move_route::<Complete>(
        "visitnow_appointments_complete",
        "Completes, for the practice, a visit that is in progress",
    );
    let cancel = move_route::<Cancel>(
        "visitnow_appointments_cancel",
        "Cancels an appointment, which frees its slot: the patient before the start, the practice before the visit begins",
    );
    let no_show = move_route::<NoShow>(
        "visitnow_appointments_no_show",
        "Says, for the practice and after the start, that the patient did not come",
    );
    let reschedule = move_route::<Reschedule>(
        "visitnow_appointments_reschedule",
        "Moves an appointment that is requested or confirmed to another slot, and frees its own",
    );
    let rate = move_route::<Rate>(
        "visitnow_appointments_rate",
        "Says, as the patient, how good a completed visit was",
    );
    ApiRouter::new()
        .api_route("/appointments/{id}/confirm", confirm)
        .api_route("/appointments/{id}/check-in", check_in)
        .api_route("/appointments/{id}/start", start)
        .api_route("/appointments/{id}/complete", complete)
        .api_route("/appointments/{id}/cancel", cancel)
        .api_route("/appointments/{id}/no-show", no_show)
        .api_route("/appointments/{id}/reschedule", reschedule)
        .api_route("/appointments/{id}/rate", rate)
}
