//! A set computed from the caller's profile: every active programme is scored, the best are kept.

use std::collections::BTreeSet;

use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use chrono::Utc;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::{Connection, PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use super::{
    Archived, Explanation, GapAnalysis, Recommendation, RecommendationItem,
    explain::explain,
    facts::{Facts, Profile, Rates, currency},
    scores::{Candidate, Scored, Scores, ranked},
};
use crate::{
    App,
    identity::Caller,
    migratio::CriterionType,
    rest::{
        extract::Post,
        idempotency,
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// How many programmes a set keeps when the client does not say.
const DEFAULT_LIMIT: u8 = 20;

/// How many pathway types and countries a profile shows of its latest set.
const TOP: usize = 3;

/// What a client says of the set that it wants.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecommendationInput {
    /// How many programmes at most, 1 to 100; 20 when absent.
    #[validate(range(min = 1, max = 100))]
    pub limit: Option<u8>,
    /// The quiz that it comes of, one that you have completed.
    pub quiz_response_id: Option<Uuid>,
}

/// The profile, and what the money is worth that it and programmes speak of.
struct Basis {
    snapshot: Json<Box<RawValue>>,
    rates: Json<Rates>,
}

/// A programme that is kept.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    program_id: Uuid,
    #[serde(flatten)]
    scores: Scores,
    explanation: Explanation,
    gap_analysis: GapAnalysis,
}

/// What the profile shows of its latest set.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Top<'a> {
    top_pathway_types: Vec<&'a str>,
    top_countries: Vec<Uuid>,
}

/// `POST` of `/recommendations`.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Post { input, key }: Post<RecommendationInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        Reply::created(uri.path(), &computed(conn, caller.id, &input).await?)
    })
    .await
}

async fn computed(
    conn: &mut PgConnection,
    owner: Uuid,
    input: &RecommendationInput,
) -> Result<Recommendation> {
    let mut transaction = conn.begin().await?;
    let candidates = candidates(&mut transaction).await?;
    let basis = basis(&mut transaction, owner, &candidates).await?;
    let profile: Profile =
        serde_json::from_str(basis.snapshot.get()).map_err(|error| Problem::internal(&error))?;
    let facts = Facts::new(&profile, &basis.rates, Utc::now().date_naive());
    let mut best = ranked(&facts, &candidates);
    best.truncate(usize::from(input.limit.unwrap_or(DEFAULT_LIMIT)));
    let items: Vec<_> = best.iter().map(|one| kept(&facts, one)).collect();
    let made = sqlx::query_file_as!(
        Recommendation,
        "sql/migratio/recommendations/insert.sql",
        owner,
        input.quiz_response_id,
        &basis.snapshot as _,
        Json(&items) as _,
        Json(&top(&best)) as _,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    transaction.commit().await?;
    made.ok_or_else(|| {
        Problem::invalid("/quizResponseId", "reference", "must be a quiz that you have completed")
    })
}

async fn candidates(conn: &mut PgConnection) -> sqlx::Result<Vec<Candidate>> {
    sqlx::query_file_as!(Candidate, "sql/migratio/recommendations/candidates.sql")
        .fetch_all(conn)
        .await
}

/// 409 where there is no profile.
async fn basis(conn: &mut PgConnection, owner: Uuid, candidates: &[Candidate]) -> Result<Basis> {
    let criteria = candidates.iter().flat_map(|one| one.eligibility_criteria.iter());
    let money = criteria.filter(|one| one.criterion_type == CriterionType::Financial);
    let currencies: BTreeSet<&str> = money.map(currency).collect();
    let currencies: Vec<_> = currencies.into_iter().map(str::to_owned).collect();
    let basis =
        sqlx::query_file_as!(Basis, "sql/migratio/recommendations/basis.sql", owner, &currencies)
            .fetch_optional(conn)
            .await?;
    basis.ok_or_else(|| {
        Problem::new(&problem::CONFLICT).detail("you have no profile yet: fill one in first")
    })
}

fn kept(facts: &Facts<'_>, one: &Scored<'_>) -> Kept {
    let (explanation, gap_analysis) = explain(facts, one.candidate);
    Kept { program_id: one.candidate.id, scores: one.scores, explanation, gap_analysis }
}

/// The kinds and the countries of the best.
fn top<'a>(best: &[Scored<'a>]) -> Top<'a> {
    let mut top = Top { top_pathway_types: Vec::new(), top_countries: Vec::new() };
    for Scored { candidate, .. } in best {
        add(&mut top.top_pathway_types, candidate.category.as_str());
        add(&mut top.top_countries, candidate.country_id);
    }
    top
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if list.len() < TOP && !list.contains(&item) {
        list.push(item);
    }
}
