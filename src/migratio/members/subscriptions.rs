//! What members pay for: support agents see it, administrators keep it.

use aide::axum::{
    ApiRouter,
    routing::{get_with, put_with},
};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    App,
    database::Timestamp,
    entity,
    identity::Roles,
    migratio::{Admin, KEEPER, SubscriptionTier},
    rest::{
        etag::{IfMatch, IfNoneMatch},
        extract::{Path, Valid},
        openapi::{Describe, Op},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{WRITE, answer},
        validation::rules::{broken, moment},
    },
    with_role,
};

/// Who sees what members pay for.
const AGENTS: Roles = ("migratio", &["supportAgent", "admin"]);

with_role! {
    /// A caller who helps members; everybody else gets 403, whatever they sent.
    Agent: AGENTS
}

/// What a member pays for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// Id: the member's own.
    pub id: Uuid,
    /// What they pay for.
    pub subscription_tier: SubscriptionTier,
    /// When that ends; null: not by itself.
    pub subscription_expiry: Option<Timestamp>,
    /// Who they are to the payment provider; null for all but administrators.
    pub payment_gateway_customer_id: Option<String>,
    /// Whether they have a tier now that is paid for and not over.
    pub is_paying: bool,
    /// When the membership, or else the account, was made.
    pub created_at: Timestamp,
    /// When the membership last changed.
    pub updated_at: Timestamp,
}

/// What an administrator writes of a [`Subscription`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubscriptionInput {
    /// What they pay for.
    pub subscription_tier: SubscriptionTier,
    /// When that ends; null: not by itself.
    #[validate(custom(function = "moment"))]
    pub subscription_expiry: Option<Timestamp>,
    /// Who they are to the payment provider: at most 200 characters, no white space.
    #[validate(custom(function = "customer"))]
    pub payment_gateway_customer_id: Option<String>,
}

/// `{userId}` in a path.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Place {
    /// The member's id.
    user_id: Uuid,
}

fn customer(text: &str) -> std::result::Result<(), ValidationError> {
    if (1..=200).contains(&text.chars().count()) && !text.contains(char::is_whitespace) {
        return Ok(());
    }
    Err(broken("customer", "must be 1 to 200 characters without white space"))
}

entity!(Subscription);

/// Everything under `/members`.
pub fn routes() -> ApiRouter<App> {
    let get = get_with(get, |op| describe(op, "get", "Reads what a member pays for"));
    let put = put_with(put, |op| {
        describe(op, "replace", "Says what a member pays for")
            .fails(WRITE)
            .fails(&[&problem::PRECONDITION_FAILED])
            .example(json!({
                "subscriptionTier": "navigator", "subscriptionExpiry": "2027-01-01T00:00:00Z",
                "paymentGatewayCustomerId": "cus_NffrFeUfNV2Hib",
            }))
    });
    ApiRouter::new()
        .api_route("/members/{userId}", get)
        .api_route("/members/{userId}/subscription", put)
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("migratio_subscriptions_{verb}"), summary)
        .secured()
        .row::<Subscription>()
        .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
}

async fn get(
    State(app): State<App>,
    Agent(caller): Agent,
    Path(place): Path<Place>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    answer(&read(&mut conn, place, caller.has(KEEPER)).await?, &known)
}

async fn put(
    State(app): State<App>,
    Admin(caller): Admin,
    Path(place): Path<Place>,
    wanted: IfMatch,
    Valid(input): Valid<SubscriptionInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let written = sqlx::query_file_as!(
        Subscription,
        "sql/migratio/members/subscribe.sql",
        caller.id,
        place.user_id,
        wanted.versions() as _,
        input.subscription_tier as _,
        input.subscription_expiry,
        input.payment_gateway_customer_id,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match written {
        Some(row) => Reply::row(&row),
        None => {
            read(&mut conn, place, true).await?;
            Err(Problem::new(&problem::PRECONDITION_FAILED))
        }
    }
}

async fn read(conn: &mut PgConnection, place: Place, is_admin: bool) -> Result<Subscription> {
    sqlx::query_file_as!(
        Subscription,
        "sql/migratio/members/subscription.sql",
        place.user_id,
        is_admin,
    )
    .fetch_optional(conn)
    .await?
    .ok_or_else(|| Problem::not_found("member"))
}
