//! A ready-made set: consultants, and services that act as one, recommend programmes to somebody.

use std::collections::BTreeSet;

use aide::axum::routing::{ApiMethodRouter, post_with};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::{Archived, EstimatedCost, Explanation, GapAnalysis, RecommendationSummary};
use crate::{
    App,
    identity::Roles,
    rest::{
        extract::{Path, Post},
        idempotency,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::WRITE,
        validation::rules::broken,
    },
    with_role,
};

/// Who recommends programmes to others.
const ADVISERS: Roles = ("migratio", &["consultant", "admin"]);

with_role! {
    /// A caller who recommends programmes to others; everybody else gets 403, whatever they sent.
    Adviser: ADVISERS
}

/// A set of recommendations that somebody else has computed.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GivenRecommendation {
    /// The programmes, each once, the best first; at most 100.
    #[validate(length(max = 100), nested, custom(function = "distinct"))]
    pub items: Vec<GivenItem>,
}

/// A programme in a set that somebody else has computed.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GivenItem {
    /// The programme.
    pub program_id: Uuid,
    /// How much of what is asked for is met, 0 to 1, kept to four decimals as all of them.
    #[validate(range(min = 0.0, max = 1.0))]
    pub match_score: f64,
    /// How likely it is to succeed, 0 to 1.
    #[validate(range(min = 0.0, max = 1.0))]
    pub success_probability: f64,
    /// How well it is what they want, 0 to 1.
    #[validate(range(min = 0.0, max = 1.0))]
    pub preference_score: f64,
    /// All three together, 0 to 1.
    #[validate(range(min = 0.0, max = 1.0))]
    pub overall_score: f64,
    /// Why.
    #[validate(nested)]
    pub explanation: Explanation,
    /// What is missing.
    #[validate(nested)]
    pub gap_analysis: GapAnalysis,
    /// How many months it takes, at most 600.
    #[validate(range(min = 0.0, max = 600.0))]
    pub estimated_timeframe_months: Option<f64>,
    /// What it costs.
    #[validate(nested)]
    pub estimated_cost: Option<EstimatedCost>,
}

/// Whose recommendations.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct MemberPath {
    /// The user's id.
    user_id: Uuid,
}

fn distinct(items: &[GivenItem]) -> Result<(), ValidationError> {
    let programs: BTreeSet<_> = items.iter().map(|item| item.program_id).collect();
    if programs.len() == items.len() {
        return Ok(());
    }
    Err(broken("distinct", "must name each programme once"))
}

/// `POST` of `/members/{userId}/recommendations`.
pub fn route() -> ApiMethodRouter<App> {
    post_with(give, |op| {
        op.about(
            "migratio_recommendations_give",
            "Gives somebody a ready-made set, as a consultant",
        )
        .secured()
        .created::<RecommendationSummary>()
        .fails(WRITE)
        .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
        .example(json!({"items": [{
            "programId": "01920000-0000-7000-8000-000000000000", "matchScore": 0.82,
            "successProbability": 0.6, "preferenceScore": 0.9, "overallScore": 0.77,
            "explanation": {
                "summary": "A good match.", "keyFactors": ["French"],
                "strengths": [{"factor": "Age", "description": "30 years."}],
                "challenges": [{
                    "factor": "French", "description": "B1, where B2 is asked for.",
                    "suggestion": "Take a course.",
                }],
            },
            "gapAnalysis": {
                "hasGaps": true, "overallDifficulty": "low",
                "estimatedTimeToEligibility": "3-6 months",
                "gaps": [{
                    "criterionName": "French", "currentValue": "B1", "requiredValue": "B2",
                    "gapDescription": "One level.", "difficulty": "low",
                    "timeToAddress": "3-6 months", "suggestions": ["Take a course."],
                }],
            },
            "estimatedTimeframeMonths": 9,
            "estimatedCost": {
                "amountUsd": 630,
                "items": [{"feeType": "application", "amount": 850, "currency": "CAD"}],
            },
        }]}))
    })
}

async fn give(
    State(app): State<App>,
    Adviser(adviser): Adviser,
    Path(MemberPath { user_id }): Path<MemberPath>,
    Post { input, key }: Post<GivenRecommendation>,
) -> Result<Response> {
    idempotency::once(&app.pool, adviser.id, key.as_ref(), async |conn| {
        let given = insert(conn, adviser.id, user_id, &input.items).await?;
        Reply::created("/v1/migratio/recommendations", &given)
    })
    .await
}

/// 404 where there is no such user, 409 where they have no profile.
async fn insert(
    conn: &mut PgConnection,
    adviser: Uuid,
    user: Uuid,
    items: &[GivenItem],
) -> Result<RecommendationSummary> {
    let given = sqlx::query_file!(
        "sql/migratio/recommendations/give.sql",
        adviser,
        user,
        Json(items) as _,
    )
    .fetch_optional(conn)
    .await?
    .ok_or_else(|| Problem::not_found("user"))?;
    match (given.id, given.created_at, given.updated_at) {
        (Some(id), Some(created_at), Some(updated_at)) => Ok(RecommendationSummary {
            id,
            quiz_response_id: given.quiz_response_id,
            item_count: given.item_count,
            archived: given.archived,
            created_at,
            updated_at,
        }),
        _ => Err(Problem::new(&problem::CONFLICT).detail("they have no profile yet")),
    }
}
