//! `GET /appointments`: a patient's own.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Appointment, AppointmentStatus};
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
        validation::rules::moment,
    },
};

filters! {
    /// Which of your appointments are wanted.
    AppointmentParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<AppointmentStatus>,
        /// Only those that begin at this time or later.
        #[validate(custom(function = "moment"))]
        pub from: Option<Timestamp>,
        /// Only those that begin before this time.
        #[validate(custom(function = "moment"))]
        pub to: Option<Timestamp>,
    }
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct ByStart {
    // Named, so that no cursor of another list is taken for one of this.
    #[serde(rename = "appointment")]
    pub(super) id: Uuid,
    pub(super) start: Timestamp,
}

impl ByStart {
    pub(super) const fn of(last: &Appointment) -> Self {
        Self { id: last.id, start: last.scheduled_start }
    }
}

/// `GET` of `/appointments`.
pub(super) fn route() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about(
            "visitnow_appointments_list",
            "Lists, latest first, the appointments that you have as a patient",
        )
        .secured()
        .ok::<Page<Appointment>>()
        .fails(&[&problem::MALFORMED])
    })
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<AppointmentParams>,
) -> Result<Reply> {
    let position = Position::<ByStart>::of(&params)?;
    let after = position.after.as_ref();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Appointment,
        "sql/visitnow/appointments/list.sql",
        caller.id,
        after.map(|last| last.id),
        position.rows,
        after.map(|last| last.start) as _,
        &params.status as _,
        params.from as _,
        params.to as _,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, ByStart::of))
}
