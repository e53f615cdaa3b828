//! Documents that programmes ask for. Each belongs to the programme that defined it, and others may ask for it, too.

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::{ContentManager, PhaseName, Program, WRITERS};
use crate::{
    App, catalogue,
    database::Timestamp,
    identity::Caller,
    jsonb,
    rest::{
        extract::{Id, Params, Path, Post},
        idempotency,
        openapi::{Describe, Op},
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Readable},
        validation::rules::currency,
    },
};

/// A document that a programme asks for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentRequirement {
    /// Id.
    pub id: Uuid,
    /// The programme that defined it, and below which it is changed.
    pub program_id: Uuid,
    /// What kind of document it is.
    pub document_type_id: Uuid,
    /// What is asked for, in the programme's words.
    pub name: String,
    /// What to look out for.
    pub description: Option<String>,
    /// Whether there is no way without it.
    pub is_required: bool,
    /// The part of the way in which it is needed.
    pub stage: PhaseName,
    /// What it costs.
    pub fees: Option<RequirementFees>,
    /// Its place among the programme's documents.
    pub position: i32,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
    /// Whether it was found below the programme that defined it.
    #[serde(skip)]
    own: bool,
}

/// What a client writes of a [`DocumentRequirement`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentRequirementInput {
    /// What kind of document it is.
    pub document_type_id: Uuid,
    /// What is asked for, in the programme's words.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// What to look out for.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// Whether there is no way without it; true when absent.
    #[serde(default = "yes")]
    pub is_required: bool,
    /// The part of the way in which it is needed: `ApplicationPrep` when absent.
    #[serde(default = "prepared")]
    pub stage: PhaseName,
    /// What it costs.
    #[validate(nested)]
    pub fees: Option<RequirementFees>,
    /// Its place among the programme's documents, 0 to 10,000.
    #[serde(default)]
    #[validate(range(min = 0, max = 10_000))]
    pub position: i32,
}

const fn yes() -> bool {
    true
}

const fn prepared() -> PhaseName {
    PhaseName::ApplicationPrep
}

/// What a document costs.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequirementFees {
    /// How much.
    #[validate(range(min = 0.0, max = 1_000_000_000.0))]
    pub amount: f64,
    /// In which currency, a code of ISO 4217.
    #[validate(custom(function = "currency"))]
    pub currency: String,
    /// What for.
    #[validate(length(max = 2000))]
    pub notes: Option<String>,
}

/// `{id}` and `{requirementId}` in a path.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequirementPlace {
    /// The programme's id.
    pub id: Uuid,
    /// The requirement's id.
    pub requirement_id: Uuid,
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByPosition {
    position: i32,
    id: Uuid,
}

jsonb!(RequirementFees);

catalogue! {
    DocumentRequirement, DocumentRequirementInput, "document requirement", writers: WRITERS,
    shared: |row, _caller| row.own,
    at: |place: RequirementPlace| [place.id, place.requirement_id],
    get: "sql/migratio/document_requirements/get.sql",
    update: "sql/migratio/document_requirements/update.sql",
    delete: "sql/migratio/document_requirements/delete.sql",
    columns: |input| [
        input.document_type_id, input.name, input.description, input.is_required,
        input.stage as _, input.fees.as_ref() as _, input.position,
    ],
    example: {
        "documentTypeId": "01930000-0000-7000-8000-000000000001", "name": "Passport",
        "description": "Good for six months more than the stay.", "isRequired": true,
        "stage": "Planning", "fees": {"amount": 65.0, "currency": "EUR", "notes": null}, "position": 1,
    },
}

/// What its operations' ids begin with.
const ID: &str = "migratio_document_requirements";

/// Everything under `/programs/{id}/document-requirements`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        describe(op, "list", "Lists what a programme asks for, by position")
            .ok::<Page<DocumentRequirement>>()
    });
    let create = post_with(create, |op| {
        describe(op, "create", "Creates a new document requirement of a programme")
            .created::<DocumentRequirement>()
            .fails(resource::WRITE)
            .fails(&[&problem::FORBIDDEN])
            .example(<DocumentRequirement as resource::Resource>::example())
    });
    let one = "/programs/{id}/document-requirements/{requirementId}";
    ApiRouter::new()
        .api_route("/programs/{id}/document-requirements", list.merge(create))
        .api_route(one, resource::one_routes::<DocumentRequirement>(ID))
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("{ID}_{verb}"), summary)
        .secured()
        .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(program): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<ByPosition>::of(&params)?;
    let (last, id) = position.after.as_ref().map(|last| (last.position, last.id)).unzip();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        DocumentRequirement,
        "sql/migratio/document_requirements/list.sql",
        program.id,
        last,
        id,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    // Nothing is asked for, or there is no programme: only then is it worth a second query to tell.
    if rows.is_empty() && Program::get(&mut conn, caller.id, program).await?.is_none() {
        return Err(Problem::not_found(Program::NAME));
    }
    Reply::json(&position.page(rows, |last| ByPosition { position: last.position, id: last.id }))
}

async fn create(
    State(app): State<App>,
    ContentManager(caller): ContentManager,
    OriginalUri(uri): OriginalUri,
    Path(Id { id }): Path<Id>,
    Post { input, key }: Post<DocumentRequirementInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let made = sqlx::query_file_as!(
            DocumentRequirement,
            "sql/migratio/document_requirements/insert.sql",
            caller.id,
            id,
            input.document_type_id,
            input.name,
            input.description,
            input.is_required,
            input.stage as _,
            input.fees.as_ref() as _,
            input.position,
        )
        .fetch_optional(conn)
        .await?;
        Reply::created(uri.path(), &made.ok_or_else(|| Problem::not_found(Program::NAME))?)
    })
    .await
}
