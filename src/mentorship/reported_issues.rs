//! Issues: what somebody reports to the administrators, and how far it has come.

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
    entity, moves, readable,
    rest::{
        extract::{Id, Nothing},
        openapi::Describe,
        page::Page,
        problem, resource,
    },
    writable,
};

/// A problem that somebody reported to the administrators.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReportedIssue {
    /// Id.
    pub id: Uuid,
    /// Who reported it; null when their account is gone.
    pub user_id: Option<Uuid>,
    /// What is wrong, in a line.
    pub title: String,
    /// What is wrong.
    pub description: String,
    /// How far it has come.
    pub status: IssueStatus,
    /// The administrator who takes care of it; null when nobody does.
    pub assigned_to_id: Option<Uuid>,
    /// When it was reported.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`ReportedIssue`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportedIssueInput {
    /// What is wrong, in a line.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What is wrong.
    #[validate(length(min = 1, max = 10_000))]
    pub description: String,
}

/// Who shall take care of an issue.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IssueAssignment {
    /// An administrator of mentorship; null: nobody. It must be said.
    #[serde(deserialize_with = "Option::deserialize")]
    pub assigned_to_id: Option<Uuid>,
}

/// How far an issue has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "mentorship.issue_status", rename_all = "snake_case")]
pub enum IssueStatus {
    /// Reported.
    Open,
    /// Somebody is at it.
    InProgress,
    /// Done with.
    Resolved,
}

entity!(ReportedIssue);

readable! {
    ReportedIssue, "issue",
    shared: |row, caller| row.user_id == Some(caller.id),
    at: |place: Id| [place.id],
    get: "sql/mentorship/reported_issues/get.sql",
}
creatable! {
    ReportedIssue, ReportedIssueInput, "sql/mentorship/reported_issues/insert.sql",
    |input| [input.title, input.description],
    example: {"title": "The calendar is empty", "description": "Since Monday, in every browser."},
}
writable! {
    ReportedIssue, ReportedIssueInput,
    at: |place: Id| [place.id], "sql/mentorship/reported_issues/update.sql",
    |input| [input.title, input.description],
    example: {"title": "The calendar is empty", "description": "Since Monday, in Firefox alone."},
}

moves! {
    /// An administrator begins to work on it.
    Start(ReportedIssue), "sql/mentorship/reported_issues/start.sql",
    |_input: Nothing| [],
    by: KEEPER,
}
moves! {
    /// An administrator is done with it.
    Resolve(ReportedIssue), "sql/mentorship/reported_issues/resolve.sql",
    |_input: Nothing| [],
    by: KEEPER,
}
moves! {
    /// An administrator puts it back to the beginning.
    Reopen(ReportedIssue), "sql/mentorship/reported_issues/reopen.sql",
    |_input: Nothing| [],
    by: KEEPER,
}
moves! {
    /// An administrator gives it to one of them.
    Assign(ReportedIssue), "sql/mentorship/reported_issues/assign.sql",
    |input: IssueAssignment| [input.assigned_to_id],
    by: KEEPER,
    example: {"assignedToId": null},
}

/// Everything under `/issues`, save their messages.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list::list, |op| {
        op.about("mentorship_reported_issues_list", "Lists, newest first, issues")
            .description("Your own; administrators see all, or with `mine` their own.")
            .secured()
            .ok::<Page<ReportedIssue>>()
            .fails(&[&problem::MALFORMED])
    });
    let id = "mentorship_reported_issues";
    let start = resource::move_route::<Start>(
        "mentorship_reported_issues_start",
        "Moves an issue to in_progress",
    );
    let resolve = resource::move_route::<Resolve>(
        "mentorship_reported_issues_resolve",
        "Moves an issue to resolved",
    );
    let reopen = resource::move_route::<Reopen>(
        "mentorship_reported_issues_reopen",
        "Moves an issue back to open",
    );
    let assign = resource::move_route::<Assign>(
        "mentorship_reported_issues_assign",
        "Gives an issue to an administrator, or to nobody",
    );
    ApiRouter::new()
        .api_route("/issues", list.merge(resource::create_route::<ReportedIssue>(id)))
        .api_route("/issues/{id}", resource::kept_routes::<ReportedIssue>(id))
        .api_route("/issues/{id}/start", start)
        .api_route("/issues/{id}/resolve", resolve)
        .api_route("/issues/{id}/reopen", reopen)
        .api_route("/issues/{id}/assign", assign)
}
