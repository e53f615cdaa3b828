//! `/appointments/{id}/notes`: the provider's notes on a consultation. They are the patient's; a provider who treats them
//! writes and reads them, and every reading of theirs is in the audit log.

use aide::axum::routing::{ApiMethodRouter, get_with, put_with};
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use tower_http::set_header::SetResponseHeaderLayer;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App,
    database::Timestamp,
    entity,
    identity::Caller,
    rest::{
        etag::{IfMatch, IfNoneMatch},
        extract::{Id, Path, Valid},
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, WRITE},
    },
};

/// What a provider wrote down of a consultation.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppointmentNotes {
    #[serde(skip)]
    id: Uuid,
    /// The notes; null: none were written.
    pub notes: Option<String>,
    #[serde(skip)]
    updated_at: Timestamp,
}

/// What a provider writes of [`AppointmentNotes`].
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentNotesInput {
    /// The notes; null takes them back.
    #[validate(length(max = 32_000))]
    pub notes: Option<String>,
}

entity!(AppointmentNotes);

/// `GET` and `PUT`; nobody on the way may store an answer.
pub(super) fn routes() -> ApiMethodRouter<App> {
    get_with(read, |op| {
        op.about("visitnow_appointments_notes_get", "Reads the notes on a consultation")
            .description("Of the patient, and of the provider while they treat them, whose reading is logged.")
            .secured()
            .row::<AppointmentNotes>()
            .fails(&[&problem::NOT_FOUND])
    })
    .merge(put_with(write, |op| {
        op.about("visitnow_appointments_notes_replace", "Writes the notes on a consultation")
            .description("The provider does, while they treat the patient, during the visit or after it.")
            .secured()
            .row::<AppointmentNotes>()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
            .example(serde_json::json!({"notes": "Acute bronchitis. Rest; back in two weeks."}))
    }))
    .layer(SetResponseHeaderLayer::overriding(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-store"),
    ))
}

async fn read(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let found = sqlx::query_file_as!(
        AppointmentNotes,
        "sql/visitnow/appointments/notes.sql",
        caller.id,
        id
    )
    .fetch_optional(&mut *conn)
    .await?;
    resource::answer(&found.ok_or_else(missing)?, &known)
}

async fn write(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    wanted: IfMatch,
    Valid(input): Valid<AppointmentNotesInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let written = sqlx::query_file_as!(
        AppointmentNotes,
        "sql/visitnow/appointments/write_notes.sql",
        caller.id,
        id,
        wanted.versions() as _,
        input.notes,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match written {
        Some(notes) => Reply::row(&notes),
        None => Err(unwritten(&mut conn, caller.id, id).await?),
    }
}

fn missing() -> Problem {
    Problem::not_found("appointment whose notes are yours to read")
}

/// Why nothing was written, without reading what is there.
async fn unwritten(conn: &mut PgConnection, actor: Uuid, id: Uuid) -> Result<Problem> {
    let is_patient =
        sqlx::query_file_scalar!("sql/visitnow/appointments/notes_reader.sql", actor, id)
            .fetch_optional(conn)
            .await?;
    Ok(match is_patient {
        None => missing(),
        Some(true) => Problem::new(&problem::FORBIDDEN)
            .detail("you may read them, but the provider writes them"),
        Some(false) => Problem::new(&problem::PRECONDITION_FAILED),
    })
}
