//! What the reporter and the administrators write about an issue. It stays as it was written.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::reported_issues::ReportedIssue;
use crate::{
    App, below,
    database::Timestamp,
    entity, readable,
    rest::{extract::Item, resource},
};

/// What somebody wrote about an issue.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IssueMessage {
    /// Id.
    pub id: Uuid,
    /// The issue.
    pub issue_id: Uuid,
    /// Who wrote it; null when their account is gone.
    pub user_id: Option<Uuid>,
    /// The name that others see of them.
    pub display_name: Option<String>,
    /// What was written.
    pub message: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of an [`IssueMessage`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IssueMessageInput {
    /// What to write.
    #[validate(length(min = 1, max = 10_000))]
    pub message: String,
}

entity!(IssueMessage);

readable! {
    IssueMessage, "message",
    at: |place: Item| [place.id, place.item_id],
    get: "sql/mentorship/issue_messages/get.sql",
}
below! {
    IssueMessage, IssueMessageInput, in: ReportedIssue,
    list: "sql/mentorship/issue_messages/list.sql",
    insert: "sql/mentorship/issue_messages/insert.sql",
    columns: |input| [input.message],
    example: {"message": "It is back. Thank you!"},
}

/// Everything under `/issues/{id}/messages`.
pub fn routes() -> ApiRouter<App> {
    let id = "mentorship_issue_messages";
    ApiRouter::new()
        .api_route("/issues/{id}/messages", resource::below_route::<IssueMessage>(id))
        .api_route("/issues/{id}/messages/{itemId}", resource::get_route::<IssueMessage>(id))
}
