//! Matches: a mentee asks for a mentor, an administrator decides, either of the two ends it.

mod list;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::{KEEPER, side::MENTEES};
use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, moves, readable,
    rest::{
        extract::{Id, Nothing},
        resource,
    },
};

/// A mentee's wish for a mentor, and what an administrator said to it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    /// Id.
    pub id: Uuid,
    /// The mentor.
    pub mentor_id: Uuid,
    /// The mentee.
    pub mentee_id: Uuid,
    /// What the mentee wants to reach.
    pub goal: Option<String>,
    /// What has become of it.
    pub status: MatchStatus,
    /// Who approved or rejected it; null: nobody yet, or their account is gone.
    pub admin_id: Option<Uuid>,
    /// When the mentee asked.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a mentee writes of a [`Match`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MatchInput {
    /// The mentor who is asked for: somebody else, once at a time.
    pub mentor_id: Uuid,
    /// What you want to reach.
    #[validate(length(max = 10_000))]
    pub goal: Option<String>,
}

/// What has become of the wish for a mentor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "mentorship.match_status", rename_all = "snake_case")]
pub enum MatchStatus {
    /// Nobody has decided.
    Pending,
    /// They are mentor and mentee.
    Approved,
    /// They are not.
    Rejected,
}

entity!(Match);

readable! {
    Match, "match",
    at: |place: Id| [place.id],
    get: "sql/mentorship/matches/get.sql",
}

creatable! {
    Match, MatchInput, by: MENTEES, "sql/mentorship/matches/insert.sql",
    |input| [input.mentor_id, input.goal],
    example: {
        "mentorId": "01920000-0000-7000-8000-000000000000",
        "goal": "Lead a small team by next summer.",
    },
}

deletable!(Match, at: |place: Id| [place.id], "sql/mentorship/matches/delete.sql");

moves! {
    /// The two become mentor and mentee, if the mentor has a place left.
    Approve(Match), "sql/mentorship/matches/approve.sql",
    |_input: Nothing| [],
    by: KEEPER,
}

moves! {
    /// They do not.
    Reject(Match), "sql/mentorship/matches/reject.sql",
    |_input: Nothing| [],
    by: KEEPER,
}

/// Everything under `/matches`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "mentorship_matches";
    let approve = resource::move_route::<Approve>(
        "mentorship_matches_approve",
        "Approves a match: takes a place of the mentor's",
    );
    let reject = resource::move_route::<Reject>("mentorship_matches_reject", "Rejects a match");
    ApiRouter::new()
        .api_route("/matches", list::route().merge(resource::create_route::<Match>(ID)))
        .api_route(
            "/matches/{id}",
            resource::get_route::<Match>(ID).merge(resource::delete_route::<Match>(ID)),
        )
        .api_route("/matches/{id}/approve", approve)
        .api_route("/matches/{id}/reject", reject)
}
