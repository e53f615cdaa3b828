//! Resources: material to read, to hear or to do, which anybody brings and all read once it is published.

mod list;

use aide::axum::{ApiRouter, routing::get_with};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::KEEPER;
use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, readable,
    rest::{
        extract::Id,
        openapi::Describe,
        page::Page,
        problem, resource,
        validation::rules::{self, tags},
    },
    writable,
};

/// Something to read, to hear or to do.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MentorshipResource")]
pub struct Resource {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// What kind of thing it is.
    pub r#type: ResourceType,
    /// Who brought it; null when their account is gone.
    pub uploaded_by_id: Option<Uuid>,
    /// Where it is.
    pub url: Option<String>,
    /// Where its file is kept.
    pub file_path: Option<String>,
    /// True: everybody reads it. False: whoever brought it, and administrators.
    pub is_published: bool,
    /// What kind of material it is.
    pub category: Option<String>,
    /// What else it is found by.
    pub tags: Vec<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Resource`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MentorshipResourceInput")]
pub struct ResourceInput {
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What it is about.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What kind of thing it is.
    pub r#type: ResourceType,
    /// Where it is, if it is elsewhere.
    #[validate(custom(function = "rules::url"))]
    pub url: Option<String>,
    /// Where its file is kept, if it has one.
    #[validate(length(min = 1, max = 200))]
    pub file_path: Option<String>,
    /// Whether everybody shall read it.
    #[serde(default)]
    pub is_published: bool,
    /// What kind of material it is; resources are listed by it, whatever its case.
    #[validate(length(min = 1, max = 200))]
    pub category: Option<String>,
    /// What else it is found by, whatever its case.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub tags: Vec<String>,
}

/// What kind of thing a resource is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "mentorship.resource_type", rename_all = "snake_case")]
pub enum ResourceType {
    /// To come to rest.
    Meditation,
    /// To look things up.
    Guidebook,
    /// What somebody went through.
    Story,
    /// To learn.
    Course,
    /// To take part in, online.
    VirtualSession,
}

entity!(Resource);

readable! {
    Resource, "resource",
    shared: |row, caller| row.uploaded_by_id == Some(caller.id) || caller.has(KEEPER),
    at: |place: Id| [place.id],
    get: "sql/mentorship/resources/get.sql",
}
creatable! {
    Resource, ResourceInput, "sql/mentorship/resources/insert.sql",
    |input| [
        input.title, input.description, input.r#type as _, input.url, input.file_path,
        input.is_published, input.category, &input.tags,
    ],
    example: {
        "title": "Breathing before a meeting", "description": "Five quiet minutes.",
        "type": "meditation", "url": "https://breathe.example/5", "category": "Calm",
        "tags": ["breathing", "short"],
    },
}
writable! {
    Resource, ResourceInput,
    at: |place: Id| [place.id], "sql/mentorship/resources/update.sql",
    |input| [
        input.title, input.description, input.r#type as _, input.url, input.file_path,
        input.is_published, input.category, &input.tags,
    ],
    example: {
        "title": "Breathing before a meeting", "description": "Five quiet minutes.",
        "type": "meditation", "url": "https://breathe.example/5", "isPublished": true,
        "category": "Calm", "tags": ["breathing", "short"],
    },
}
deletable!(Resource, at: |place: Id| [place.id], "sql/mentorship/resources/delete.sql");

/// `/resources` and `/resources/{id}`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list::list, |op| {
        op.about("mentorship_resources_list", "Lists, newest first, resources")
            .description(
                "Published ones; with `mine` what you brought, published or not; with \
                 `published=false` those that are not, as far as you may read them.",
            )
            .secured()
            .ok::<Page<Resource>>()
            .fails(&[&problem::MALFORMED])
    });
    let create = resource::create_route::<Resource>("mentorship_resources");
    ApiRouter::new()
        .api_route("/resources", list.merge(create))
        .api_route("/resources/{id}", resource::one_routes::<Resource>("mentorship_resources"))
}
