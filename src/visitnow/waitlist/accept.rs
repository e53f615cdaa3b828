//! `POST /waitlist/{id}/accept`: books the slot that is held for the patient.

use aide::axum::routing::{ApiMethodRouter, post_with};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::WaitlistEntry;
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Id, Path, Post},
        idempotency,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{WRITE, missing_or},
    },
    visitnow::Appointment,
};

/// Where appointments are found.
const APPOINTMENTS: &str = "/v1/visitnow/appointments";

/// What a patient says to an offer that they accept.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WaitlistAcceptance {
    /// Who is to be treated, if not the patient.
    pub dependant_id: Option<Uuid>,
    /// What is to be done: of the provider's list, and such that it fits the slot.
    pub service_id: Option<Uuid>,
    /// Why the patient comes.
    #[validate(length(max = 10_000))]
    pub reason: Option<String>,
}

/// `POST` of `/waitlist/{id}/accept`.
pub(super) fn route() -> ApiMethodRouter<App> {
    post_with(accept, |op| {
        op.about("visitnow_waitlist_accept", "Accepts an offer: books the slot that is held")
            .secured()
            .created::<Appointment>()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
            .example(serde_json::json!({"reason": "A cough that does not go away."}))
    })
}

async fn accept(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    Post { input, key }: Post<WaitlistAcceptance>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        match book(conn, caller.id, place.id, &input).await? {
            Some(appointment) => Reply::created(APPOINTMENTS, &appointment),
            None => {
                let refused = Problem::new(&problem::FORBIDDEN)
                    .detail("you may read it, but it is offered to the patient");
                Err(missing_or::<WaitlistEntry>(conn, caller.id, place, refused).await?)
            }
        }
    })
    .await
}

async fn book(
    conn: &mut PgConnection,
    patient: Uuid,
    entry: Uuid,
    input: &WaitlistAcceptance,
) -> sqlx::Result<Option<Appointment>> {
    sqlx::query_file_as!(
        Appointment,
        "sql/visitnow/waitlist/accept.sql",
        patient,
        entry,
        input.dependant_id,
        input.service_id,
        input.reason,
    )
    .fetch_optional(conn)
    .await
}
