//! Interviews for jobs: arranged, held, and what became of them.

mod outcome;
mod stats;
mod upcoming;

pub use upcoming::UpcomingInterview;

use aide::axum::{ApiRouter, routing::get_with};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    filters, nested,
    rest::{
        extract::several,
        openapi::Describe,
        page::Page,
        problem, resource,
        validation::rules::{self, lines, moment, url},
    },
};

/// An interview for a job.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Interview {
    /// Id.
    pub id: Uuid,
    /// The job.
    pub job_id: Uuid,
    /// The application for that job; null when there is none, or it was deleted.
    pub application_id: Option<Uuid>,
    /// The kind of interview.
    pub interview_type: InterviewType,
    /// When it begins.
    pub scheduled_at: Timestamp,
    /// How long it takes, in minutes.
    pub duration: Option<i32>,
    /// The time zone in which it was arranged.
    pub timezone: Option<String>,
    /// Where it is held.
    pub location: Option<String>,
    /// Where it is held online.
    pub meeting_url: Option<String>,
    /// Who asks.
    #[schemars(with = "Vec<Interviewer>")]
    pub interviewers: Json<Vec<Interviewer>>,
    /// Which round of interviews.
    pub round: Option<i32>,
    /// What became of it.
    pub outcome: InterviewOutcome,
    /// When its outcome was recorded; null as long as it is `PENDING`.
    pub completed_at: Option<Timestamp>,
    /// The user's notes.
    pub notes: Option<String>,
    /// What the user prepared.
    pub preparation_notes: Option<String>,
    /// What the employer said of it.
    pub feedback: Option<String>,
    /// Questions that were asked.
    pub questions_asked: Vec<String>,
    /// When the user thanked or asked again.
    pub follow_up_sent_at: Option<Timestamp>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of an [`Interview`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InterviewInput {
    /// The job.
    pub job_id: Uuid,
    /// The application for that job.
    pub application_id: Option<Uuid>,
    /// The kind of interview.
    pub interview_type: InterviewType,
    /// When it begins.
    #[validate(custom(function = "moment"))]
    pub scheduled_at: Timestamp,
    /// How long it takes, in minutes.
    #[validate(range(min = 5, max = 600))]
    pub duration: Option<i32>,
    /// The time zone in which it was arranged.
    #[validate(custom(function = "rules::timezone"))]
    pub timezone: Option<String>,
    /// Where it is held.
    #[validate(length(min = 1, max = 200))]
    pub location: Option<String>,
    /// Where it is held online.
    #[validate(custom(function = "url"))]
    pub meeting_url: Option<String>,
    /// Who asks.
    #[serde(default)]
    #[validate(length(max = 50), nested)]
    pub interviewers: Vec<Interviewer>,
    /// Which round of interviews.
    #[validate(range(min = 1, max = 100))]
    pub round: Option<i32>,
    /// What became of it: `PENDING` at first, and kept where it is absent. Once it is `PASSED` or
    /// `FAILED`, by whatever route, its job is moved along.
    pub outcome: Option<InterviewOutcome>,
    /// The user's notes.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
    /// What the user prepared.
    #[validate(length(max = 10_000))]
    pub preparation_notes: Option<String>,
    /// What the employer said of it.
    #[validate(length(max = 10_000))]
    pub feedback: Option<String>,
    /// Questions that were asked.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub questions_asked: Vec<String>,
    /// When the user thanked or asked again.
    #[validate(custom(function = "moment"))]
    pub follow_up_sent_at: Option<Timestamp>,
}

/// The kind of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.interview_type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InterviewType {
    /// By telephone.
    Phone,
    /// By video.
    Video,
    /// At the employer's.
    Onsite,
    /// On the subject.
    Technical,
    /// On how the user behaves.
    Behavioral,
    /// With several who ask.
    Panel,
    /// The last one.
    Final,
}

/// What became of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.interview_outcome", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InterviewOutcome {
    /// It went on from there.
    Passed,
    /// It did not.
    Failed,
    /// It is yet to come, or to be heard of.
    Pending,
    /// It was called off.
    Cancelled,
    /// Somebody did not turn up.
    NoShow,
}

/// Somebody who asks.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Interviewer {
    /// Name.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Position.
    #[validate(length(min = 1, max = 200))]
    pub title: Option<String>,
    /// E-mail address.
    #[validate(custom(function = "rules::email"))]
    pub email: Option<String>,
}

nested!(Interview);

filters! {
    /// Which interviews are wanted.
    InterviewParams {
        /// Only these outcomes: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub outcome: Vec<InterviewOutcome>,
        /// Only those for this job.
        pub job_id: Option<Uuid>,
    }
}

crud! {
    Interview, InterviewInput, "interview",
    list: "sql/coach/interviews/list.sql",
    filters: |params: InterviewParams| [&params.outcome as _, params.job_id],
    get: "sql/coach/interviews/get.sql",
    insert: "sql/coach/interviews/insert.sql",
    update: "sql/coach/interviews/update.sql",
    delete: "sql/coach/interviews/delete.sql",
    columns: |input| [
        input.job_id, input.application_id, input.interview_type as _, input.scheduled_at,
        input.duration, input.timezone, input.location, input.meeting_url,
        Json(&input.interviewers) as _, input.round, input.outcome as _, input.notes,
        input.preparation_notes, input.feedback, &input.questions_asked, input.follow_up_sent_at,
    ],
    example: {
        "jobId": "01920000-0000-7000-8000-000000000000", "interviewType": "VIDEO",
        "scheduledAt": "2026-12-01T09:00:00Z", "duration": 60, "timezone": "Europe/Lisbon",
        "meetingUrl": "https://meet.example.com/acme", "round": 1,
        "interviewers": [{"name": "Bob", "title": "Head of Platform", "email": "bob@acme.example"}],
        "preparationNotes": "Read their engineering blog.",
    },
}

/// Everything under `/interviews`.
pub fn routes() -> ApiRouter<App> {
    let upcoming = get_with(upcoming::upcoming, |op| {
        op.about("coach_interviews_upcoming", "Lists, soonest first, pending interviews to come")
            .secured()
            .ok::<Page<UpcomingInterview>>()
            .fails(&[&problem::MALFORMED])
    });
    let stats = get_with(stats::stats, |op| {
        op.about("coach_interviews_stats", "Counts interviews by type and outcome")
            .secured()
            .ok::<stats::InterviewStats>()
    });
    let outcome = resource::move_route::<outcome::RecordOutcome>(
        "coach_interviews_outcome",
        "Records what became of an interview",
    );
    resource::routes::<Interview>("/interviews", "coach_interviews")
        .api_route("/interviews/upcoming", upcoming)
        .api_route("/interviews/stats", stats)
        .api_route("/interviews/{id}/outcome", outcome)
}
