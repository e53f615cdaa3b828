//! Sessions of a mentor and a mentee: asked for by either, answered by the other.

mod create;
mod list;
mod moves;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App,
    database::Timestamp,
    entity, readable,
    rest::{
        extract::Id,
        resource,
        validation::rules::{moment, url},
    },
    writable,
};

/// A meeting of a mentor and a mentee.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MentorshipSession")]
pub struct Session {
    /// Id.
    pub id: Uuid,
    /// The mentor.
    pub mentor_id: Uuid,
    /// The mentee.
    pub mentee_id: Uuid,
    /// What it is about.
    pub title: String,
    /// More about it.
    pub description: Option<String>,
    /// What is to be talked about.
    pub agenda: Option<String>,
    /// When it begins.
    pub date: Timestamp,
    /// How long it takes, in minutes.
    pub duration: i32,
    /// How far it has come.
    pub status: SessionStatus,
    /// Where to meet online.
    pub meeting_link: Option<String>,
    /// Another date that was proposed last; `date` once that was confirmed.
    pub proposed_date: Option<Timestamp>,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// What was said to the last move.
    pub response_message: Option<String>,
    /// When it was proposed or requested.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a new [`Session`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MentorshipSessionInput")]
pub struct SessionInput {
    /// The mentor: you where it is absent, and then the session is `proposed`.
    pub mentor_id: Option<Uuid>,
    /// The mentee: you where it is absent, and then the session is `requested`.
    pub mentee_id: Option<Uuid>,
    /// What it is about.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// More about it.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What is to be talked about.
    #[validate(length(max = 10_000))]
    pub agenda: Option<String>,
    /// When it begins.
    #[validate(custom(function = "moment"))]
    pub date: Timestamp,
    /// How long it takes, in minutes.
    #[validate(range(min = 5, max = 480))]
    pub duration: i32,
    /// Where to meet online.
    #[validate(custom(function = "url"))]
    pub meeting_link: Option<String>,
}

/// What the two write of a [`Session`] that is there: who meets is settled, and when is moved by its moves.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MentorshipSessionDetails")]
pub struct SessionDetails {
    /// What it is about.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// More about it.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What is to be talked about.
    #[validate(length(max = 10_000))]
    pub agenda: Option<String>,
    /// How long it takes, in minutes.
    #[validate(range(min = 5, max = 480))]
    pub duration: i32,
    /// Where to meet online.
    #[validate(custom(function = "url"))]
    pub meeting_link: Option<String>,
}

/// How far a session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "mentorship.session_status", rename_all = "snake_case")]
pub enum SessionStatus {
    /// Not asked for by either; either may answer.
    Pending,
    /// The mentor asks, the mentee answers.
    Proposed,
    /// The mentee asks, the mentor answers.
    Requested,
    /// It will take place, or has.
    Confirmed,
    /// One has proposed another date, the other answers.
    Rescheduled,
    /// The answer was no.
    Rejected,
    /// It took place.
    Completed,
    /// It was called off.
    Cancelled,
}

entity!(Session);
readable! {
    Session, "session",
    at: |place: Id| [place.id],
    get: "sql/mentorship/sessions/get.sql",
}
writable! {
    Session, SessionDetails,
    at: |place: Id| [place.id], "sql/mentorship/sessions/update.sql",
    |input| [input.title, input.description, input.agenda, input.duration, input.meeting_link],
    example: {
        "title": "First steps as a lead", "agenda": "Delegation; one-on-ones.", "duration": 45,
        "meetingLink": "https://meet.example.com/ann-bob",
    },
}

/// `/sessions`, `/sessions/{id}` and its moves.
pub fn routes() -> ApiRouter<App> {
    ApiRouter::new()
        .api_route("/sessions", list::route().merge(create::route()))
        .api_route("/sessions/{id}", resource::kept_routes::<Session>("mentorship_sessions"))
        .merge(moves::routes())
}
