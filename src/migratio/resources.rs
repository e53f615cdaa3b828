//! Resources: what helps on the way. All find them, members who pay read the premium ones, content managers write.

mod list;
mod read;

pub use list::ListedResource;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::WRITERS;
use crate::{
    App, catalogue,
    database::Timestamp,
    rest::{
        resource,
        validation::rules::{self, broken, tags},
    },
};

/// Something to read, to watch or to fill in.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MigratioResource")]
pub struct Resource {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// What kind of thing it is.
    pub resource_type: ResourceType,
    /// Where it is, if it is elsewhere.
    pub content_url: Option<String>,
    /// What it says, if it is kept here.
    pub content_body: Option<String>,
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
    /// How often it was read; does not make another version.
    pub view_count: i64,
    /// What readers think of it, 1 to 5.
    pub average_rating: Option<f64>,
    /// Whether it is for those alone who pay.
    pub is_premium: bool,
    /// The language it is in, a tag of BCP 47.
    pub language: String,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a content manager writes of a [`Resource`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MigratioResourceInput")]
#[validate(schema(function = "somewhere"))]
pub struct ResourceInput {
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What it is about.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What kind of thing it is.
    pub resource_type: ResourceType,
    /// Where it is, if it is elsewhere; this, or `contentBody`, or both.
    #[validate(custom(function = "rules::url"))]
    pub content_url: Option<String>,
    /// What it says, if it is kept here.
    #[validate(length(max = 32_000))]
    pub content_body: Option<String>,
    /// A small picture of it.
    #[validate(custom(function = "rules::url"))]
    pub thumbnail_url: Option<String>,
    /// Where on the way it is of use: one stage or more; absent: everywhere.
    #[serde(default = "general")]
    #[validate(length(min = 1, max = 5))]
    pub journey_stage: Vec<JourneyStage>,
    /// Whom it is for.
    #[serde(default)]
    pub target_expertise_level: TargetExpertiseLevel,
    /// The countries it is about.
    #[serde(default)]
    #[validate(length(max = 250))]
    pub related_countries: Vec<Uuid>,
    /// The programmes it is about.
    #[serde(default)]
    #[validate(length(max = 250))]
    pub related_programs: Vec<Uuid>,
    /// What else it is found by, whatever its case.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub tags: Vec<String>,
    /// What readers think of it, 1 to 5.
    #[validate(range(min = 1.0, max = 5.0))]
    pub average_rating: Option<f64>,
    /// Whether it is for those alone who pay.
    #[serde(default)]
    pub is_premium: bool,
    /// The language it is in, a tag of BCP 47; absent: English.
    #[serde(default = "english")]
    #[validate(custom(function = "rules::language"))]
    pub language: String,
}

/// What kind of thing a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "MigratioResourceType")]
#[sqlx(type_name = "migratio.resource_type", rename_all = "snake_case")]
pub enum ResourceType {
    /// To read.
    Article,
    /// To watch.
    Video,
    /// To tick off.
    Checklist,
    /// To fill in.
    Template,
    /// To look things up.
    Guide,
    /// To take part in.
    Webinar,
    /// To learn.
    Course,
}

/// Where on the way something is of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "migratio.journey_stage", rename_all = "snake_case")]
pub enum JourneyStage {
    /// Where to, and whether at all.
    Planning,
    /// What somebody is fit for.
    Assessment,
    /// Getting everything together, and waiting.
    Application,
    /// Being there.
    Settlement,
    /// Everywhere.
    General,
}

/// Whom something is for.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "migratio.target_expertise_level", rename_all = "snake_case")]
pub enum TargetExpertiseLevel {
    /// Those who know nothing of it.
    Beginner,
    /// Those who know something.
    Intermediate,
    /// Those who know much.
    Advanced,
    /// Everybody.
    #[default]
    Any,
}

fn general() -> Vec<JourneyStage> {
    vec![JourneyStage::General]
}

fn english() -> String {
    "en".to_owned()
}

fn somewhere(resource: &ResourceInput) -> Result<(), ValidationError> {
    match (&resource.content_url, resource.content_body.as_deref()) {
        (None, None | Some("")) => {
            Err(broken("content", "must have a contentUrl or a contentBody"))
        }
        _ => Ok(()),
    }
}

catalogue! {
    Resource, ResourceInput, "resource", writers: WRITERS,
    get: "sql/migratio/resources/get.sql",
    insert: "sql/migratio/resources/insert.sql",
    update: "sql/migratio/resources/update.sql",
    delete: "sql/migratio/resources/delete.sql",
    columns: |input| [
        input.title, input.description, input.resource_type as _, input.content_url,
        input.content_body, input.thumbnail_url, &input.journey_stage as _,
        input.target_expertise_level as _, &input.tags, input.average_rating, input.is_premium,
        input.language, &input.related_countries, &input.related_programs,
    ],
    example: {
        "title": "How points are counted", "description": "With examples.",
        "resourceType": "article", "contentBody": "Age first: …", "journeyStage": ["assessment"],
        "targetExpertiseLevel": "beginner", "relatedCountries": [], "relatedPrograms": [],
        "tags": ["points"], "language": "en",
    },
}

/// `/resources` and `/resources/{id}`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "migratio_resources";
    let list = list::route(ID).merge(resource::create_route::<Resource>(ID));
    let one = read::route(ID)
        .merge(resource::change_routes::<Resource>(ID))
        .merge(resource::delete_route::<Resource>(ID));
    ApiRouter::new().api_route("/resources", list).api_route("/resources/{id}", one)
}
