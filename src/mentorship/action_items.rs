//! What is to be done after a session, by one of the two.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::Session;
use crate::{
    App, below,
    database::Timestamp,
    deletable, entity, filters, listed, moves, readable,
    rest::{
        extract::{Id, Nothing, several},
        resource,
        validation::rules::moment,
    },
    writable,
};

/// Something to be done that came up in a session.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActionItem {
    /// Id.
    pub id: Uuid,
    /// The session.
    pub session_id: Uuid,
    /// Who shall do it, the mentor or the mentee; null: their account is gone.
    pub assigned_to_id: Option<Uuid>,
    /// Who wrote it down, the mentor or the mentee; null: their account is gone.
    pub created_by_id: Option<Uuid>,
    /// What is to be done.
    pub title: String,
    /// More about it.
    pub description: Option<String>,
    /// By when.
    pub due_date: Option<Timestamp>,
    /// How far it has come.
    pub status: ActionItemStatus,
    /// When it was written down.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What its creator writes of an [`ActionItem`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActionItemInput {
    /// What is to be done.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// More about it.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// By when.
    #[validate(custom(function = "moment"))]
    pub due_date: Option<Timestamp>,
    /// Who shall do it, the mentor or the mentee: you where it is absent.
    pub assigned_to_id: Option<Uuid>,
}

/// How far an action item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "mentorship.action_item_status", rename_all = "snake_case")]
pub enum ActionItemStatus {
    /// Not begun.
    Pending,
    /// Begun.
    InProgress,
    /// Done.
    Completed,
}

/// To whom action items are assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// To the caller.
    Me,
}

filters! {
    /// Which action items are wanted.
    ActionItemParams {
        /// `me`: only those that you shall do; absent: those that you wrote down, too.
        pub assigned_to: Option<Assignee>,
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<ActionItemStatus>,
    }
}

entity!(ActionItem);
readable! {
    ActionItem, "action item",
    shared: |item, caller| item.created_by_id == Some(caller.id),
    at: |place: Id| [place.id],
    get: "sql/mentorship/action_items/get.sql",
}
listed!(ActionItem, "sql/mentorship/action_items/list.sql", |params: ActionItemParams| [
    params.assigned_to.is_some(),
    &params.status as _
]);
below! {
    ActionItem, ActionItemInput, in: Session,
    found: "/v1/mentorship/action-items",
    list: "sql/mentorship/action_items/list_of_session.sql",
    insert: "sql/mentorship/action_items/insert.sql",
    columns: |input| [
        input.title, input.description, input.due_date as _, input.assigned_to_id,
    ],
    example: {
        "title": "Write down three goals", "description": "One of them for this month.",
        "dueDate": "2027-03-15T12:00:00Z",
    },
}
deletable!(ActionItem, at: |place: Id| [place.id], "sql/mentorship/action_items/delete.sql");
writable! {
    ActionItem, ActionItemInput,
    at: |place: Id| [place.id], "sql/mentorship/action_items/update.sql",
    |input| [input.title, input.description, input.due_date as _, input.assigned_to_id],
    example: {"title": "Write down two goals", "dueDate": "2027-03-20T12:00:00Z"},
}

moves! {
    /// Somebody is at it.
    Start(ActionItem), "sql/mentorship/action_items/start.sql",
    |_input: Nothing| [],
}
moves! {
    /// It is done.
    Complete(ActionItem), "sql/mentorship/action_items/complete.sql",
    |_input: Nothing| [],
}
moves! {
    /// It is not done after all, or nobody is at it any more.
    Reopen(ActionItem), "sql/mentorship/action_items/reopen.sql",
    |_input: Nothing| [],
}

/// `/sessions/{id}/action-items`, and everything under `/action-items`.
pub fn routes() -> ApiRouter<App> {
    let of_session = resource::below_route::<ActionItem>("mentorship_session_action_items");
    let start = resource::move_route::<Start>(
        "mentorship_action_items_start",
        "Starts an action item that is assigned to you or yours",
    );
    let complete = resource::move_route::<Complete>(
        "mentorship_action_items_complete",
        "Completes an action item that is assigned to you or yours",
    );
    let reopen = resource::move_route::<Reopen>(
        "mentorship_action_items_reopen",
        "Takes an action item that is assigned to you or yours back to pending",
    );
    ApiRouter::new()
        .api_route("/sessions/{id}/action-items", of_session)
        .api_route("/action-items", resource::list_route::<ActionItem>("mentorship_action_items"))
        .api_route(
            "/action-items/{id}",
            resource::one_routes::<ActionItem>("mentorship_action_items"),
        )
        .api_route("/action-items/{id}/start", start)
        .api_route("/action-items/{id}/complete", complete)
        .api_route("/action-items/{id}/reopen", reopen)
}
