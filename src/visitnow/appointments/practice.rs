//! `GET /providers/{id}/appointments`: those of a practice, for who acts for it.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Appointment, AppointmentStatus, list::ByStart};
use crate::{
    App, filters,
    identity::Caller,
    rest::{
        extract::{Id, Params, Path, several},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        validation::rules::date,
    },
    visitnow::acts_for,
};

filters! {
    /// Which appointments of a practice are wanted, and in which order.
    PracticeAppointmentParams {
        /// Only those of this day, earliest first: a day where the clinic is, or of UTC where the clinic is gone.
        #[validate(custom(function = "date"))]
        pub day: Option<NaiveDate>,
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<AppointmentStatus>,
    }
}

/// `GET` of `/providers/{id}/appointments`.
pub(super) fn route() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about(
            "visitnow_providers_appointments",
            "Lists the appointments of a practice for which you act: latest first, or those of a day, earliest first",
        )
        .secured()
        .ok::<Page<Appointment>>()
        .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    })
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Params(params): Params<PracticeAppointmentParams>,
) -> Result<Reply> {
    let position = Position::<ByStart>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = match params.day {
        Some(day) => of_day(&mut conn, caller.id, id, &position, &params.status, day).await?,
        None => all(&mut conn, caller.id, id, &position, &params.status).await?,
    };
    // Nothing there, or not theirs: only then is it worth a second query to tell.
    if rows.is_empty() {
        require_practice(&mut conn, caller.id, id).await?;
    }
    Reply::json(&position.page(rows, ByStart::of))
}

/// 404 for whoever has nothing to do with the appointments of this provider.
pub(in crate::visitnow) async fn require_practice(
    conn: &mut PgConnection,
    actor: Uuid,
    provider: Uuid,
) -> Result<()> {
    match acts_for(conn, actor, provider, "appointments:write").await? {
        true => Ok(()),
        false => Err(Problem::not_found("practice of yours")),
    }
}

async fn of_day(
    conn: &mut PgConnection,
    actor: Uuid,
    provider: Uuid,
    position: &Position<ByStart>,
    status: &[AppointmentStatus],
    day: NaiveDate,
) -> sqlx::Result<Vec<Appointment>> {
    let after = position.after.as_ref();
    sqlx::query_file_as!(
        Appointment,
        "sql/visitnow/appointments/list_of_day.sql",
        actor,
        provider,
        position.rows,
        after.map(|last| last.id),
        after.map(|last| last.start) as _,
        status as _,
        day,
    )
    .fetch_all(conn)
    .await
}

async fn all(
    conn: &mut PgConnection,
    actor: Uuid,
    provider: Uuid,
    position: &Position<ByStart>,
    status: &[AppointmentStatus],
) -> sqlx::Result<Vec<Appointment>> {
    let after = position.after.as_ref();
    sqlx::query_file_as!(
        Appointment,
        "sql/visitnow/appointments/list_of_practice.sql",
        actor,
        provider,
        position.rows,
        after.map(|last| last.id),
        after.map(|last| last.start) as _,
        status as _,
    )
    .fetch_all(conn)
    .await
}
