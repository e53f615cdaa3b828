//! Feedback on sessions that took place: one of each of the two, read by both.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::Session;
use crate::{
    App, below,
    database::Timestamp,
    deletable, entity, readable,
    rest::{extract::Item, resource},
    writable,
};

/// What one of the two thought of a session.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
    /// Id.
    pub id: Uuid,
    /// The session.
    pub session_id: Uuid,
    /// Who gave it, the mentor or the mentee; null: their account is gone.
    pub from_user_id: Option<Uuid>,
    /// How good it was, 1 (worst) to 5.
    pub rating: i32,
    /// Why.
    pub comments: Option<String>,
    /// When it was given.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What its author writes of a [`Feedback`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FeedbackInput {
    /// How good it was, 1 (worst) to 5.
    #[validate(range(min = 1, max = 5))]
    pub rating: i32,
    /// Why.
    #[validate(length(max = 10_000))]
    pub comments: Option<String>,
}

entity!(Feedback);
readable! {
    Feedback, "feedback",
    shared: |feedback, caller| feedback.from_user_id == Some(caller.id),
    at: |place: Item| [place.id, place.item_id],
    get: "sql/mentorship/feedback/get.sql",
}
below! {
    Feedback, FeedbackInput, in: Session,
    list: "sql/mentorship/feedback/list.sql",
    insert: "sql/mentorship/feedback/insert.sql",
    columns: |input| [input.rating, input.comments],
    example: {"rating": 5, "comments": "I know what to do next."},
}
deletable! {
    Feedback,
    at: |place: Item| [place.id, place.item_id],
    "sql/mentorship/feedback/delete.sql",
}
writable! {
    Feedback, FeedbackInput,
    at: |place: Item| [place.id, place.item_id], "sql/mentorship/feedback/update.sql",
    |input| [input.rating, input.comments],
    example: {"rating": 4, "comments": "A little short."},
}

/// Everything under `/sessions/{id}/feedback`.
pub fn routes() -> ApiRouter<App> {
    let one = resource::one_routes::<Feedback>("mentorship_feedback");
    ApiRouter::new()
        .api_route(
            "/sessions/{id}/feedback",
            resource::below_route::<Feedback>("mentorship_feedback"),
        )
        .api_route("/sessions/{id}/feedback/{itemId}", one)
}
