//! `GET /providers`: who can be booked, the best first.

mod params;

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use params::SearchParams;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::VisitMode;
use crate::{
    App,
    database::Timestamp,
    nested,
    rest::{
        extract::Params,
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
    },
};

/// A provider as the search shows them.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FoundProvider {
    /// The provider.
    pub id: Uuid,
    /// Their name.
    pub display_name: String,
    /// What they specialize in.
    pub specializations: Vec<String>,
    /// The languages that they speak, as tags of BCP 47.
    pub languages: Vec<String>,
    /// About the provider, in their words.
    pub about: Option<String>,
    /// Years of experience.
    pub experience_years: Option<i32>,
    /// The mean of the ratings of their appointments, 1 to 5; null: not rated yet.
    pub rating: Option<f64>,
    /// How many appointments were rated.
    pub rating_count: i32,
    /// How far their nearest clinic is, in kilometres to the metre; null where `near` is not given.
    pub distance_km: Option<f64>,
    /// Their next open slot, of those that were asked for; null: there is none.
    pub next_slot: Option<NextSlot>,
    #[serde(skip)]
    rank: f32,
    #[serde(skip)]
    best: f64,
    #[serde(skip)]
    metres: f64,
}

/// The next open slot of a provider.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct NextSlot {
    /// The slot.
    pub id: Uuid,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// How patient and provider meet.
    pub mode: VisitMode,
    /// Where.
    pub clinic_id: Uuid,
}

nested!(NextSlot);

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ByRank {
    rank: f32,
    rating: f64,
    metres: f64,
    id: Uuid,
}

/// `/providers`.
pub fn routes() -> ApiRouter<App> {
    let search = get_with(search, |op| {
        op.about(
            "visitnow_providers_search",
            "Searches active providers: what fits best first, then by rating, then by distance",
        )
        .ok::<Page<FoundProvider>>()
        .fails(&[&problem::MALFORMED])
    });
    ApiRouter::new().api_route("/providers", search)
}

async fn search(State(app): State<App>, Params(params): Params<SearchParams>) -> Result<Reply> {
    let position = Position::<ByRank>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = rows(&mut conn, &position, &params).await?;
    Reply::json(&position.page(rows, |last| ByRank {
        rank: last.rank,
        rating: last.best,
        metres: last.metres,
        id: last.id,
    }))
}

async fn rows(
    conn: &mut PgConnection,
    position: &Position<ByRank>,
    params: &SearchParams,
) -> sqlx::Result<Vec<FoundProvider>> {
    let after = position.after.as_ref();
    sqlx::query_file_as!(
        FoundProvider,
        "sql/visitnow/providers/search.sql",
        params.q,
        &params.specialization,
        &params.language,
        params.near.map(|near| near.longitude),
        params.near.map(|near| near.latitude),
        params.metres(),
        &params.modes() as _,
        params.wants_slot(),
        params.available_from as _,
        params.available_to as _,
        position.rows,
        after.map(|last| last.rank),
        after.map(|last| last.rating),
        after.map(|last| last.metres),
        after.map(|last| last.id),
    )
    .fetch_all(conn)
    .await
}
