//! `GET /providers/{id}/waitlist`: who waits for a practice, for who acts for it.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{WaitlistEntry, WaitlistStatus};
use crate::{
    App, filters,
    identity::Caller,
    rest::{
        extract::{Id, Params, Path},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
    },
    visitnow::appointments::require_practice,
};

filters! {
    /// Which of those who wait for a practice are wanted.
    PracticeWaitlistParams {
        /// Only those with this status.
        pub status: Option<WaitlistStatus>,
    }
}

/// `GET` of `/providers/{id}/waitlist`.
pub(super) fn route() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about(
            "visitnow_providers_waitlist",
            "Lists, first come first, who waits for a practice for which you act",
        )
        .secured()
        .ok::<Page<WaitlistEntry>>()
        .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    })
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Params(params): Params<PracticeWaitlistParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = match params.status {
        Some(status) => by_status(&mut conn, caller.id, id, &position, status).await?,
        None => all(&mut conn, caller.id, id, &position).await?,
    };
    // Nobody there, or not theirs: only then is it worth a second query to tell.
    if rows.is_empty() {
        require_practice(&mut conn, caller.id, id).await?;
    }
    Reply::json(&position.page(rows, |last| last.id))
}

async fn by_status(
    conn: &mut PgConnection,
    actor: Uuid,
    provider: Uuid,
    position: &Position<Uuid>,
    status: WaitlistStatus,
) -> sqlx::Result<Vec<WaitlistEntry>> {
    sqlx::query_file_as!(
        WaitlistEntry,
        "sql/visitnow/waitlist/list_of_practice_by_status.sql",
        actor,
        provider,
        position.rows,
        position.after,
        status as _,
    )
    .fetch_all(conn)
    .await
}

async fn all(
    conn: &mut PgConnection,
    actor: Uuid,
    provider: Uuid,
    position: &Position<Uuid>,
) -> sqlx::Result<Vec<WaitlistEntry>> {
    sqlx::query_file_as!(
        WaitlistEntry,
        "sql/visitnow/waitlist/list_of_practice.sql",
        actor,
        provider,
        position.rows,
        position.after,
    )
    .fetch_all(conn)
    .await
}
