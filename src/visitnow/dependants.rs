//! Those for whom a patient makes appointments. When one goes, so do the appointments that are still to be held.

use aide::axum::{ApiRouter, routing::post_with};
use axum::extract::{OriginalUri, State};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    identity::Caller,
    rest::{
        extract::Valid,
        openapi::Describe,
        problem::Result,
        reply::Reply,
        resource::{self, Creatable, WRITE},
    },
};

// Neither type can be written down by mistake: both do without `Debug`.

/// Somebody for whom a patient makes appointments: a child, a parent.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dependant {
    /// Id.
    pub id: Uuid,
    /// Their name.
    pub full_name: String,
    /// What they are to the patient.
    pub relationship: String,
    /// When they were born.
    pub date_of_birth: Option<NaiveDate>,
    /// What a provider should know of their health.
    pub notes: Option<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Dependant`].
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DependantInput {
    /// Their name.
    #[validate(length(min = 1, max = 200))]
    pub full_name: String,
    /// What they are to you.
    #[validate(length(min = 1, max = 200))]
    pub relationship: String,
    /// When they were born: since 1850, and not in the future.
    pub date_of_birth: Option<NaiveDate>,
    /// What a provider should know of their health; only those who treat them read it.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
}

crud! {
    Dependant, DependantInput, "dependant",
    list: "sql/visitnow/dependants/list.sql",
    get: "sql/visitnow/dependants/get.sql",
    insert: "sql/visitnow/dependants/insert.sql",
    update: "sql/visitnow/dependants/update.sql",
    delete: "sql/visitnow/dependants/delete.sql",
    columns: |input| [input.full_name, input.relationship, input.date_of_birth, input.notes],
    example: {
        "fullName": "Tim Lee", "relationship": "Son", "dateOfBirth": "2019-09-09", "notes": "Allergic to nuts.",
    },
}

/// Everything under `/patients/me/dependants`.
pub fn routes() -> ApiRouter<App> {
    let create = post_with(create, |op| {
        op.about("visitnow_dependants_create", "Creates a new dependant")
            .description(
                "Needs a record of your own (409). An `Idempotency-Key` is ignored: of anybody's health nothing is stored \
                 elsewhere.",
            )
            .secured()
            .created::<Dependant>()
            .fails(WRITE)
            .example(<Dependant as Creatable>::example())
    });
    let list = resource::list_route::<Dependant>("visitnow_dependants");
    let one = resource::one_routes::<Dependant>("visitnow_dependants");
    ApiRouter::new()
        .api_route("/patients/me/dependants", list.merge(create))
        .api_route("/patients/me/dependants/{id}", one)
}

async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Valid(input): Valid<DependantInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    Reply::created(uri.path(), &Dependant::insert(&mut conn, caller.id, &input).await?)
}
