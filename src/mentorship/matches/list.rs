//! The list of matches: one's own, or all of them for those who decide.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Match, MatchStatus};
use crate::{
    App, filters,
    identity::Caller,
    mentorship::{KEEPER, side::Side},
    rest::{
        extract::{Params, several},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
    },
};

filters! {
    /// Which matches are wanted.
    MatchParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<MatchStatus>,
        /// Only those in which you are this.
        pub role: Option<Side>,
        /// True: only your own; what administrators see otherwise is everybody's.
        #[serde(default)]
        pub mine: bool,
    }
}

/// `GET` of `/matches`.
pub fn route() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about(
            "mentorship_matches_list",
            "Lists, newest first, your matches; for administrators, everybody's",
        )
        .secured()
        .ok::<Page<Match>>()
        .fails(&[&problem::MALFORMED])
    })
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<MatchParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let everybodys = caller.has(KEEPER) && !params.mine && params.role.is_none();
    let rows = match everybodys {
        true => everybodys_rows(&mut conn, caller.id, &position, &params).await?,
        false => own_rows(&mut conn, caller.id, &position, &params).await?,
    };
    Reply::json(&position.page(rows, |last| last.id))
}

async fn everybodys_rows(
    conn: &mut PgConnection,
    admin: Uuid,
    position: &Position<Uuid>,
    params: &MatchParams,
) -> sqlx::Result<Vec<Match>> {
    sqlx::query_file_as!(
        Match,
        "sql/mentorship/matches/list_all.sql",
        admin,
        position.after,
        position.rows,
        &params.status as _
    )
    .fetch_all(conn)
    .await
}

async fn own_rows(
    conn: &mut PgConnection,
    owner: Uuid,
    position: &Position<Uuid>,
    params: &MatchParams,
) -> sqlx::Result<Vec<Match>> {
    sqlx::query_file_as!(
        Match,
        "sql/mentorship/matches/list.sql",
        owner,
        position.after,
        position.rows,
        params.role.map(|side| side == Side::Mentor),
        &params.status as _
    )
    .fetch_all(conn)
    .await
}
