//! What users consented to or withdrew. Records are only ever added: the latest of a purpose counts.

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, creatable,
    database::Timestamp,
    listed, readable,
    rest::{
        extract::Id,
        openapi::Describe,
        page::Page,
        problem,
        reply::Entity,
        resource::{self, Creatable, WRITE},
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
    pub recorded_at: Timestamp,
    /// When this row was made.
    pub created_at: Timestamp,
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
    fn version(&self) -> Timestamp {
        self.created_at
    }
}

readable! {
    Consent, "consent",
    at: |place: Id| [place.id],
    get: "sql/identity/consents/get.sql",
}
listed!(Consent, "sql/identity/consents/list.sql");
creatable! {
    Consent, ConsentInput, "sql/identity/consents/insert.sql",
    |input| [input.purpose, input.granted, input.policy_version],
    example: {"purpose": "marketing", "granted": true, "policyVersion": "2026-01"},
}

/// `/me/consents`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(resource::list::<Consent>, |op| {
        op.about("identity_consents_list", "Lists, newest first, every record of your consents")
            .secured()
            .ok::<Page<Consent>>()
            .fails(&[&problem::MALFORMED])
    });
    let create = post_with(resource::create::<Consent>, |op| {
        op.about("identity_consents_create", "Consents to a purpose, or withdraws")
            .secured()
            .created::<Consent>()
            .fails(WRITE)
            .example(Consent::example())
    });
    let get = get_with(resource::get::<Consent>, |op| {
        op.about("identity_consents_get", "Reads one record of your consents")
            .secured()
            .row::<Consent>()
            .fails(&[&problem::NOT_FOUND])
    });
    ApiRouter::new()
        .api_route("/me/consents", list.merge(create))
        .api_route("/me/consents/{id}", get)
}
