//! Recommendations: sets of programmes, ranked by how well they fit a profile. docs/recommendations.md explains the scores.

mod create;
mod explain;
mod facts;
mod gaps;
mod give;
mod parts;
mod scores;
#[cfg(test)]
mod tests;
mod words;

pub use create::RecommendationInput;
pub use give::{GivenItem, GivenRecommendation};
pub use parts::{
    ArchiveReason, Archived, Challenge, EstimatedCost, Explanation, Gap, GapAnalysis,
    GapDifficulty, Strength,
};

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json, value::RawValue};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    App,
    database::Timestamp,
    entity,
    identity::Caller,
    moves, nested, readable,
    rest::{
        etag::IfNoneMatch,
        extract::{Id, Nothing, Params},
        openapi::Describe,
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Readable, WRITE},
    },
};

/// What was recommended to somebody at one time: a set of programmes, ranked. It does without `Debug`, as profiles do.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Recommendation {
    /// Id.
    pub id: Uuid,
    /// The quiz that it came of; null: none, or it is gone.
    pub quiz_response_id: Option<Uuid>,
    /// The profile it was computed from, without addresses and without what is encrypted.
    #[schemars(with = "Map<String, Value>")]
    pub profile_snapshot: Json<Box<RawValue>>,
    /// The programmes, the best first.
    pub items: Vec<RecommendationItem>,
    /// That it is no longer the latest; null: it is.
    pub archived: Option<Archived>,
    /// When it was computed.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// A programme in a set of recommendations.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct RecommendationItem {
    /// Id.
    pub id: Uuid,
    /// The programme.
    pub program_id: Uuid,
    /// What it is called now.
    pub program_name: String,
    /// The country it leads to.
    pub country_id: Uuid,
    /// What that is called.
    pub country_name: String,
    /// Its place in the set, from 1.
    pub rank: i32,
    /// How much of what is asked for is met, 0 to 1, to four decimals as all of them.
    pub match_score: f64,
    /// How likely it is to succeed, 0 to 1.
    pub success_probability: f64,
    /// How well it is what they want, 0 to 1.
    pub preference_score: f64,
    /// All three together, by which the set is ranked, 0 to 1.
    pub overall_score: f64,
    /// Why.
    pub explanation: Explanation,
    /// What is missing.
    pub gap_analysis: GapAnalysis,
    /// How many months it takes; null: nobody knows.
    pub estimated_timeframe_months: Option<f64>,
    /// What it costs; null: nobody knows.
    pub estimated_cost: Option<EstimatedCost>,
    /// When it was computed.
    pub created_at: Timestamp,
}

/// A set of recommendations in a list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecommendationSummary {
    /// Id.
    pub id: Uuid,
    /// The quiz that it came of; null: none, or it is gone.
    pub quiz_response_id: Option<Uuid>,
    /// How many programmes it has.
    pub item_count: i64,
    /// That it is no longer the latest; null: it is.
    pub archived: Option<Archived>,
    /// When it was computed.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

nested!(RecommendationItem);
entity!(Recommendation, RecommendationSummary);

readable! {
    Recommendation, "set of recommendations",
    at: |place: Id| [place.id],
    get: "sql/migratio/recommendations/get.sql",
}

moves! {
    /// `POST /recommendations/{id}/archive`. A trigger refuses what is archived already.
    Archive(Recommendation), "sql/migratio/recommendations/archive.sql", |_input: Nothing| []
}

/// Everything under `/recommendations`, and what consultants do under `/members/{userId}/recommendations`.
pub fn routes() -> ApiRouter<App> {
    let create = post_with(create::create, |op| {
        op.about(
            "migratio_recommendations_create",
            "Scores every active programme for your profile, and keeps the best",
        )
        .secured()
        .created::<Recommendation>()
        .fails(WRITE)
        .example(json!({"limit": 20}))
    });
    let list = get_with(list, |op| {
        op.about("migratio_recommendations_list", "Lists, newest first, your sets, without items")
            .secured()
            .ok::<Page<RecommendationSummary>>()
            .fails(&[&problem::MALFORMED])
    });
    let latest = get_with(latest, |op| {
        op.about("migratio_recommendations_latest", "Reads your set that is not archived")
            .secured()
            .row::<Recommendation>()
            .fails(&[&problem::NOT_FOUND])
    });
    let get = resource::get_route::<Recommendation>("migratio_recommendations");
    let archive = resource::move_route::<Archive>(
        "migratio_recommendations_archive",
        "Archives a set, so that none is the latest",
    );
    ApiRouter::new()
        .api_route("/recommendations", list.merge(create))
        .api_route("/recommendations/latest", latest)
        .api_route("/recommendations/{id}", get)
        .api_route("/recommendations/{id}/archive", archive)
        .api_route("/members/{userId}/recommendations", give::route())
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        RecommendationSummary,
        "sql/migratio/recommendations/list.sql",
        caller.id,
        position.after,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |set| set.id))
}

async fn latest(State(app): State<App>, caller: Caller, known: IfNoneMatch) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let latest =
        sqlx::query_file_as!(Recommendation, "sql/migratio/recommendations/latest.sql", caller.id,)
            .fetch_optional(&mut *conn)
            .await?
            .ok_or_else(|| Problem::not_found(Recommendation::NAME))?;
    resource::answer(&latest, &known)
}
