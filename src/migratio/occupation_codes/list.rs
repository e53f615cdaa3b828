//! The list of occupation codes: all, of one classification, or found by words. Each way of asking has its index.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{OccupationCode, OccupationSystem};
use crate::{
    App, filters,
    identity::Caller,
    migratio::rules::said,
    rest::{
        extract::Params,
        page::{Page, Position},
        problem::Result,
        reply::Reply,
    },
};

filters! {
    /// Which occupation codes are wanted.
    OccupationCodeParams {
        /// Only those with these words in title, alternative titles or keywords, the best first: `"in a row"`, `or`, `-without`.
        #[validate(length(max = 200), custom(function = "said"))]
        pub q: Option<String>,
        /// Only those of this classification.
        pub system: Option<OccupationSystem>,
    }
}

/// An occupation code, and how well it fits what was asked for.
struct Found {
    rank: f32,
    code: OccupationCode,
}

/// Where a page of found ones ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByRank {
    rank: f32,
    id: Uuid,
}

/// Where a page of a classification ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByCode {
    code: String,
}

pub async fn list(
    State(app): State<App>,
    _: Caller,
    Params(params): Params<OccupationCodeParams>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let page = match (&params.q, params.system) {
        (Some(text), _) => found(&mut conn, text, &params).await,
        (None, Some(system)) => of_system(&mut conn, system, &params).await,
        (None, None) => newest(&mut conn, &params).await,
    };
    Reply::json(&page?)
}

async fn found(
    conn: &mut PgConnection,
    text: &str,
    params: &OccupationCodeParams,
) -> Result<Page<OccupationCode>> {
    let position = Position::<ByRank>::of(params)?;
    let (rank, id) = position.after.as_ref().map(|last| (last.rank, last.id)).unzip();
    let rows = sqlx::query_file_as!(
        Found,
        "sql/migratio/occupation_codes/search.sql",
        text,
        params.system as _,
        rank,
        id,
        position.rows,
    )
    .fetch_all(conn)
    .await?;
    let page = position.page(rows, |last| ByRank { rank: last.rank, id: last.code.id });
    let items = page.items.into_iter().map(|found| found.code).collect();
    Ok(Page { items, next_cursor: page.next_cursor })
}

async fn of_system(
    conn: &mut PgConnection,
    system: OccupationSystem,
    params: &OccupationCodeParams,
) -> Result<Page<OccupationCode>> {
    let position = Position::<ByCode>::of(params)?;
    let rows = sqlx::query_file_as!(
        OccupationCode,
        "sql/migratio/occupation_codes/list_by_system.sql",
        position.after.as_ref().map(|last| last.code.as_str()),
        position.rows,
        system as _,
    )
    .fetch_all(conn)
    .await?;
    Ok(position.page(rows, |last| ByCode { code: last.code.clone() }))
}

async fn newest(
    conn: &mut PgConnection,
    params: &OccupationCodeParams,
) -> Result<Page<OccupationCode>> {
    let position = Position::<Uuid>::of(params)?;
    let rows = sqlx::query_file_as!(
        OccupationCode,
        "sql/migratio/occupation_codes/list.sql",
        position.after,
        position.rows,
    )
    .fetch_all(conn)
    .await?;
    Ok(position.page(rows, |last| last.id))
}
