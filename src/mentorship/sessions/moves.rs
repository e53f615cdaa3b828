//! What the two do with a session; the database knows who may do what, and when.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::Deserialize;
use validator::Validate;

use super::Session;
use crate::{
    App,
    database::Timestamp,
    moves,
    rest::{resource::move_route, validation::rules::moment},
};

/// What somebody says to a move of a session.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionResponse {
    /// A word to the other; what was said to the move before is gone.
    #[validate(length(max = 10_000))]
    pub response_message: Option<String>,
}

/// Another date for a session.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionProposal {
    /// When it shall begin instead.
    #[validate(custom(function = "moment"))]
    pub proposed_date: Timestamp,
    /// A word to the other; what was said to the move before is gone.
    #[validate(length(max = 10_000))]
    pub response_message: Option<String>,
}

moves! {
    /// The other side says yes.
    Confirm(Session), "sql/mentorship/sessions/confirm.sql",
    |input: SessionResponse| [input.response_message],
    example: {"responseMessage": "I am looking forward to it."},
}
moves! {
    /// The other side says no.
    Reject(Session), "sql/mentorship/sessions/reject.sql",
    |input: SessionResponse| [input.response_message],
    example: {"responseMessage": "I am away for all of March."},
}
moves! {
    /// The other side would rather meet at another time.
    Reschedule(Session), "sql/mentorship/sessions/reschedule.sql",
    |input: SessionProposal| [input.proposed_date as _, input.response_message],
    example: {"proposedDate": "2027-03-02T09:00:00Z", "responseMessage": "A day later?"},
}
moves! {
    /// Either calls it off.
    Cancel(Session), "sql/mentorship/sessions/cancel.sql",
    |input: SessionResponse| [input.response_message],
    example: {"responseMessage": "My child is ill."},
}
moves! {
    /// The mentor says that it took place.
    Complete(Session), "sql/mentorship/sessions/complete.sql",
    |input: SessionResponse| [input.response_message],
    example: {"responseMessage": "Well done."},
}

/// `/sessions/{id}/<verb>`.
pub fn routes() -> ApiRouter<App> {
    let confirm = move_route::<Confirm>(
        "mentorship_sessions_confirm",
        "Confirms a session that the other has asked for; its date becomes the one proposed last",
    );
    let reject = move_route::<Reject>(
        "mentorship_sessions_reject",
        "Rejects a session that the other has asked for",
    );
    let reschedule = move_route::<Reschedule>(
        "mentorship_sessions_reschedule",
        "Proposes another date for a session that the other has asked for",
    );
    let cancel =
        move_route::<Cancel>("mentorship_sessions_cancel", "Cancels a session before its date");
    let complete = move_route::<Complete>(
        "mentorship_sessions_complete",
        "Completes, as the mentor, a confirmed session after it has begun",
    );
    ApiRouter::new()
        .api_route("/sessions/{id}/confirm", confirm)
        .api_route("/sessions/{id}/reject", reject)
        .api_route("/sessions/{id}/reschedule", reschedule)
        .api_route("/sessions/{id}/cancel", cancel)
        .api_route("/sessions/{id}/complete", complete)
}
