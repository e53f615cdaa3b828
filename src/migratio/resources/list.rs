//! `GET /resources`: newest first, narrowed or searched, without what they say.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::ValidationError;

use super::{JourneyStage, ResourceType, TargetExpertiseLevel};
use crate::{
    App,
    database::Timestamp,
    filters,
    identity::Caller,
    nested,
    rest::{
        extract::Params,
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
        validation::rules::{self, broken, tags},
    },
};

/// A [`Resource`](super::Resource) as it is listed: without what it says.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename = "MigratioListedResource", rename_all = "camelCase")]
pub struct ListedResource {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// What kind of thing it is.
    pub resource_type: ResourceType,
    /// Where it is, if it is elsewhere, and not locked.
    pub content_url: Option<String>,
    /// A small picture of it.
    pub thumbnail_url: Option<String>,
    /// Where on the way it is of use.
    pub journey_stage: Vec<JourneyStage>,
    /// Whom it is for.
    pub target_expertise_level: TargetExpertiseLevel,
    /// The countries it is about.
    pub related_countries: Vec<Uuid>,
    /// The programmes it is about.
    pub related_programs: Vec<Uuid>,
    /// What else it is found by.
    pub tags: Vec<String>,
    /// Who wrote it; null when their account is gone.
    pub author_id: Option<Uuid>,
    /// How often it was read.
    pub view_count: i64,
    /// What readers think of it, 1 to 5.
    pub average_rating: Option<f64>,
    /// Whether it is for those alone who pay.
    pub is_premium: bool,
    /// Whether it is for others than the caller, who does not pay.
    pub is_locked: bool,
    /// The language it is in, a tag of BCP 47.
    pub language: String,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

nested!(ListedResource);

filters! {
    /// Which resources are wanted.
    #[schemars(rename = "MigratioResourceParams")]
    ResourceParams {
        /// Only what is of use at this stage.
        pub journey_stage: Option<JourneyStage>,
        /// Only what is for these, or for everybody.
        pub level: Option<TargetExpertiseLevel>,
        /// Only what is about this country: its id.
        pub country: Option<Uuid>,
        /// Only what is about this programme: its id.
        pub program: Option<Uuid>,
        /// Only those with this tag, whatever its case; repeated, with all of them.
        #[serde(default)]
        #[validate(custom(function = "tags"))]
        pub tag: Vec<String>,
        /// Only those in this language, a tag of BCP 47.
        #[validate(custom(function = "rules::language"))]
        pub language: Option<String>,
        /// Only those with these words in title, tags or description: `"in a row"`, `or`, `-without`.
        #[validate(length(max = 200), custom(function = "said"))]
        pub q: Option<String>,
    }
}

fn said(text: &str) -> std::result::Result<(), ValidationError> {
    match text.trim() {
        "" => Err(broken("blank", "must not be blank")),
        _ => Ok(()),
    }
}

/// `GET` of the collection.
pub fn route(id: &str) -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about(&format!("{id}_list"), "Lists, newest first, resources without what they say")
            .secured()
            .ok::<Page<ListedResource>>()
            .fails(&[&problem::MALFORMED])
    })
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<ResourceParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let narrowed = params.q.is_some()
        || !params.tag.is_empty()
        || params.program.or(params.country).is_some()
        || params.journey_stage.is_some();
    let mut conn = app.pool.get().await?;
    let rows = match narrowed {
        true => search(&mut conn, caller.id, &position, &params).await?,
        false => newest(&mut conn, caller.id, &position, &params).await?,
    };
    Reply::json(&position.page(rows, |last| last.id))
}

async fn newest(
    conn: &mut PgConnection,
    reader: Uuid,
    Position { after, rows }: &Position<Uuid>,
    params: &ResourceParams,
) -> sqlx::Result<Vec<ListedResource>> {
    sqlx::query_file_as!(
        ListedResource,
        "sql/migratio/resources/list.sql",
        reader,
        *after,
        rows,
        params.level as _,
        params.language
    )
    .fetch_all(conn)
    .await
}

async fn search(
    conn: &mut PgConnection,
    reader: Uuid,
    Position { after, rows }: &Position<Uuid>,
    params: &ResourceParams,
) -> sqlx::Result<Vec<ListedResource>> {
    sqlx::query_file_as!(
        ListedResource,
        "sql/migratio/resources/search.sql",
        reader,
        *after,
        rows,
        params.q,
        &params.tag,
        params.program,
        params.country,
        params.journey_stage as _,
        params.level as _,
        params.language
    )
    .fetch_all(conn)
    .await
}
