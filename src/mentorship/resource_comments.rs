//! What people say about resources.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::resources::Resource;
use crate::{
    App, below,
    database::Timestamp,
    deletable, entity, readable,
    rest::{extract::Item, resource},
    writable,
};

/// What somebody says about a resource.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResourceComment {
    /// Id.
    pub id: Uuid,
    /// The resource.
    pub resource_id: Uuid,
    /// Who says it; null when their account is gone.
    pub user_id: Option<Uuid>,
    /// The name that others see of them.
    pub display_name: Option<String>,
    /// What is said.
    pub content: String,
    /// When it was said.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`ResourceComment`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceCommentInput {
    /// What to say.
    #[validate(length(min = 1, max = 10_000))]
    pub content: String,
}

entity!(ResourceComment);

readable! {
    ResourceComment, "comment",
    // Who changes it and who deletes it are not the same; the statements know.
    shared: |_row, _caller| true,
    at: |place: Item| [place.id, place.item_id],
    get: "sql/mentorship/resource_comments/get.sql",
}
below! {
    ResourceComment, ResourceCommentInput, in: Resource,
    list: "sql/mentorship/resource_comments/list.sql",
    insert: "sql/mentorship/resource_comments/insert.sql",
    columns: |input| [input.content],
    example: {"content": "It helped me through my first week back."},
}
writable! {
    ResourceComment, ResourceCommentInput,
    at: |place: Item| [place.id, place.item_id], "sql/mentorship/resource_comments/update.sql",
    |input| [input.content],
    example: {"content": "It helped me through my first month back."},
}
deletable! {
    ResourceComment,
    at: |place: Item| [place.id, place.item_id], "sql/mentorship/resource_comments/delete.sql",
}

/// Everything under `/resources/{id}/comments`.
pub fn routes() -> ApiRouter<App> {
    let id = "mentorship_resource_comments";
    ApiRouter::new()
        .api_route("/resources/{id}/comments", resource::below_route::<ResourceComment>(id))
        .api_route("/resources/{id}/comments/{itemId}", resource::one_routes::<ResourceComment>(id))
}
