//! `POST /availability-templates/{id}/materialize`: the slots of a template, until a day.

use aide::axum::routing::{ApiMethodRouter, post_with};
use axum::{extract::State, response::Response};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::AvailabilityTemplate;
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Id, Nothing, Params, Path, Post},
        idempotency,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{Readable, WRITE},
        validation::rules::date,
    },
};

/// How far slots are made.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Until {
    /// The last day, in the clinic's time zone: today, or at most 180 days ahead.
    #[validate(custom(function = "date"))]
    until: NaiveDate,
}

/// What became of the slots of a template.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Materialized {
    /// How many slots were made.
    pub created: i64,
    /// How many open ones were deleted, because the template gives them no longer.
    pub removed: i64,
    /// How many that it gives were there before, or gave way to something else at their time.
    pub kept: i64,
}

/// `POST` of `…/materialize`.
pub fn route() -> ApiMethodRouter<App> {
    post_with(materialize, |op| {
        op.about(
            "visitnow_availability_templates_materialize",
            "Makes the open slots to come of a template what it gives, until a day",
        )
        .secured()
        .ok::<Materialized>()
        .fails(WRITE)
        .fails(&[&problem::NOT_FOUND])
    })
}

async fn materialize(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Params(Until { until }): Params<Until>,
    Post { input: Nothing {}, key }: Post<Nothing>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let made = sqlx::query_file!(
            "sql/visitnow/availability_templates/materialize.sql",
            caller.id,
            id,
            until
        )
        .fetch_optional(conn)
        .await?
        .ok_or_else(|| Problem::not_found(AvailabilityTemplate::NAME))?;
        let refusal = match (made.timely, made.few) {
            (false, _) => Some("must be today in the clinic, or at most 180 days ahead"),
            (_, false) => {
                Some("must be earlier: until then the template gives more than 20,000 slots")
            }
            _ => None,
        };
        if let Some(message) = refusal {
            return Err(Problem::new(&problem::MALFORMED)
                .detail("a query parameter is out of its bounds")
                .field("until", "range", message));
        }
        Reply::json(&Materialized { created: made.created, removed: made.removed, kept: made.kept })
    })
    .await
}
