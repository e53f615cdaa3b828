//! The list of somebody's sessions, of either side: latest date first, or those to come, soonest first.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Session, SessionStatus};
use crate::{
    App,
    database::Timestamp,
    filters,
    identity::Caller,
    mentorship::side::Side,
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
    /// Which sessions are wanted, and in which order.
    SessionParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<SessionStatus>,
        /// Only those in which you are this.
        pub role: Option<Side>,
        /// Only those that begin at this time or later.
        #[validate(custom(function = "moment"))]
        pub from: Option<Timestamp>,
        /// Only those that begin before this time.
        #[validate(custom(function = "moment"))]
        pub to: Option<Timestamp>,
        /// True: only those that are still to come, neither rejected nor cancelled, soonest first.
        #[serde(default)]
        pub upcoming: bool,
    }
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ByDate {
    id: Uuid,
    date: Timestamp,
}

/// `GET` of `/sessions`.
pub fn route() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about(
            "mentorship_sessions_list",
            "Lists, latest date first, your sessions of either side",
        )
        .secured()
        .ok::<Page<Session>>()
        .fails(&[&problem::MALFORMED])
    })
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<SessionParams>,
) -> Result<Reply> {
    let position = Position::<ByDate>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = match params.upcoming {
        true => upcoming(&mut conn, caller.id, &position, &params).await?,
        false => all(&mut conn, caller.id, &position, &params).await?,
    };
    Reply::json(&position.page(rows, |last| ByDate { id: last.id, date: last.date }))
}

/// A way to read them, by the name of its file.
macro_rules! ordered {
    ($name:ident, $file:literal) => {
        async fn $name(
            conn: &mut PgConnection,
            participant: Uuid,
            position: &Position<ByDate>,
            params: &SessionParams,
        ) -> sqlx::Result<Vec<Session>> {
            let after = position.after.as_ref();
            sqlx::query_file_as!(
                Session,
                $file,
                participant,
                after.map(|last| last.id),
                position.rows,
                after.map(|last| last.date) as _,
                params.role.map(|side| side == Side::Mentor),
                &params.status as _,
                params.from as _,
                params.to as _,
            )
            .fetch_all(conn)
            .await
        }
    };
}

ordered!(all, "sql/mentorship/sessions/list.sql");
ordered!(upcoming, "sql/mentorship/sessions/list_upcoming.sql");
