//! `GET /roadmaps`: one's own, or those that others share.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Roadmap, RoadmapStatus};
use crate::{
    App, filters,
    identity::Caller,
    rest::{
        extract::{Params, several},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::{Entity, Reply},
    },
};

filters! {
    /// Which roadmaps are wanted.
    RoadmapParams {
        /// Those that others share with you, in place of your own.
        #[serde(default)]
        pub shared: bool,
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<RoadmapStatus>,
    }
}

/// `GET` of `/roadmaps`.
pub(super) fn route() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about("migratio_roadmaps_list", "Lists, newest first, your roadmaps")
            .description(
                "With `shared=true` those that others share with you, in place of your own.",
            )
            .secured()
            .ok::<Page<Roadmap>>()
            .fails(&[&problem::MALFORMED])
    })
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<RoadmapParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = match params.shared {
        true => shared(&mut conn, caller.id, &position, &params.status).await?,
        false => own(&mut conn, caller.id, &position, &params.status).await?,
    };
    Reply::json(&position.page(rows, Roadmap::id))
}

async fn own(
    conn: &mut PgConnection,
    owner: Uuid,
    position: &Position<Uuid>,
    status: &[RoadmapStatus],
) -> sqlx::Result<Vec<Roadmap>> {
    sqlx::query_file_as!(
        Roadmap,
        "sql/migratio/roadmaps/list.sql",
        owner,
        position.after,
        position.rows,
        status as _,
    )
    .fetch_all(conn)
    .await
}

async fn shared(
    conn: &mut PgConnection,
    reader: Uuid,
    position: &Position<Uuid>,
    status: &[RoadmapStatus],
) -> sqlx::Result<Vec<Roadmap>> {
    sqlx::query_file_as!(
        Roadmap,
        "sql/migratio/roadmaps/list_shared.sql",
        reader,
        position.after,
        position.rows,
        status as _,
    )
    .fetch_all(conn)
    .await
}
