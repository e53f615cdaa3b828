//! What users consented to or withdrew. Records are only ever added: the latest of a purpose counts.

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use validator::Validate;

use super::Caller;
use crate::{
    App,
    rest::{
        etag::IfNoneMatch,
        extract::{Id, Params, Path, Post},
        idempotency,
        openapi::Describe,
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::{Entity, Reply},
        resource::{WRITE, answer},
        validation::rules::code,
    },
};

/// What somebody said about one purpose at one time.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// Id.
    pub id: Uuid,
    /// What for, such as `marketing` or `analytics`.
    pub purpose: String,
    /// True: consented. False: withdrawn or refused.
    pub granted: bool,
    /// The version of the policy that was shown.
    pub policy_version: String,
    /// Since when it counts.
    pub recorded_at: DateTime<Utc>,
    /// When this row was made.
    pub created_at: DateTime<Utc>,
}

/// What a client writes of a [`Consent`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsentInput {
    /// What for: a letter, then letters, digits, `_`, `.`, `-`, 64 characters in all.
    #[validate(custom(function = "code"))]
    pub purpose: String,
    /// True: consents. False: withdraws or refuses.
    pub granted: bool,
    /// The version of the policy that was shown.
    #[validate(length(min = 1, max = 200))]
    pub policy_version: String,
}

impl Entity for Consent {
    fn id(&self) -> Uuid {
        self.id
    }

    /// It never changes.
    fn version(&self) -> DateTime<Utc> {
        self.created_at
    }
}

/// `/me/consents`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("identity_consents_list", "Lists, newest first, every record of your consents")
            .secured()
            .ok::<Page<Consent>>()
            .fails(&[&problem::MALFORMED])
    });
    let create = post_with(create, |op| {
        op.about("identity_consents_create", "Consents to a purpose, or withdraws")
            .secured()
            .created::<Consent>()
            .fails(WRITE)
            .example(json!({"purpose": "marketing", "granted": true, "policyVersion": "2026-01"}))
    });
    let get = get_with(get, |op| {
        op.about("identity_consents_get", "Reads one record of your consents")
            .secured()
            .row::<Consent>()
            .fails(&[&problem::NOT_FOUND])
    });
    ApiRouter::new()
        .api_route("/me/consents", list.merge(create))
        .api_route("/me/consents/{id}", get)
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::by_id(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Consent,
        "sql/identity/consents/list.sql",
        caller.id,
        position.after,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, Entity::id))
}

async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let row = sqlx::query_file_as!(Consent, "sql/identity/consents/get.sql", caller.id, id)
        .fetch_optional(&mut *conn)
        .await?
        .ok_or_else(|| Problem::not_found("consent"))?;
    answer(&row, &known)
}

async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Post { input, key }: Post<ConsentInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let row = sqlx::query_file_as!(
            Consent,
            "sql/identity/consents/insert.sql",
            caller.id,
            input.purpose,
            input.granted,
            input.policy_version,
        )
        .fetch_one(conn)
        .await?;
        Reply::created(uri.path(), &row)
    })
    .await
}
