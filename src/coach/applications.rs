//! Applications: what was sent for a job, with which résumé.

use aide::axum::ApiRouter;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    filters, moves, nested,
    rest::{
        extract::{Nothing, several},
        resource,
        validation::rules::{date, moment, url},
    },
};

/// An application for a job.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Application {
    /// Id.
    pub id: Uuid,
    /// The job applied for.
    pub job_id: Uuid,
    /// The résumé sent; null when there was none, or it was deleted.
    pub resume_id: Option<Uuid>,
    /// Who sends it.
    pub method: ApplicationMethod,
    /// How far it has come.
    pub status: ApplicationStatus,
    /// The letter sent with it.
    pub cover_letter: Option<String>,
    /// Where it was made.
    pub application_url: Option<String>,
    /// The employer's number for it.
    pub confirmation_number: Option<String>,
    /// When it left `DRAFT`.
    pub submitted_at: Option<Timestamp>,
    /// When the employer answered.
    pub response_received_at: Option<Timestamp>,
    /// Day on which to ask again.
    pub follow_up_date: Option<NaiveDate>,
    /// The user's notes.
    pub notes: Option<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of an [`Application`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApplicationInput {
    /// The job applied for.
    pub job_id: Uuid,
    /// The résumé sent.
    pub resume_id: Option<Uuid>,
    /// Who sends it.
    #[serde(default)]
    pub method: ApplicationMethod,
    /// How far it has come: `DRAFT` at first, and kept where it is absent. Leaving `DRAFT` is
    /// submitting, by whatever route; there is no way back to it.
    pub status: Option<ApplicationStatus>,
    /// The letter sent with it.
    #[validate(length(max = 10_000))]
    pub cover_letter: Option<String>,
    /// Where it was made.
    #[validate(custom(function = "url"))]
    pub application_url: Option<String>,
    /// The employer's number for it.
    #[validate(length(min = 1, max = 200))]
    pub confirmation_number: Option<String>,
    /// When the employer answered.
    #[validate(custom(function = "moment"))]
    pub response_received_at: Option<Timestamp>,
    /// Day on which to ask again.
    #[validate(custom(function = "date"))]
    pub follow_up_date: Option<NaiveDate>,
    /// The user's notes.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
}

/// Who sends an application.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.application_method", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ApplicationMethod {
    /// The user.
    #[default]
    Manual,
    /// The coach.
    Automated,
}

/// How far an application has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.application_status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ApplicationStatus {
    /// Being written.
    Draft,
    /// Sent.
    Submitted,
    /// The employer looks at it.
    UnderReview,
    /// The employer said no.
    Rejected,
    /// The employer said yes.
    Accepted,
}

nested!(Application);

filters! {
    /// Which applications are wanted.
    ApplicationParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<ApplicationStatus>,
        /// Only those for this job.
        pub job_id: Option<Uuid>,
    }
}

crud! {
    Application, ApplicationInput, "application",
    list: "sql/coach/applications/list.sql",
    filters: |params: ApplicationParams| [&params.status as _, params.job_id],
    get: "sql/coach/applications/get.sql",
    insert: "sql/coach/applications/insert.sql",
    update: "sql/coach/applications/update.sql",
    delete: "sql/coach/applications/delete.sql",
    columns: |input| [
        input.job_id, input.resume_id, input.method as _, input.status as _, input.cover_letter,
        input.application_url, input.confirmation_number, input.response_received_at,
        input.follow_up_date, input.notes,
    ],
    example: {
        "jobId": "01920000-0000-7000-8000-000000000000", "method": "MANUAL",
        "coverLetter": "Dear Acme, …", "applicationUrl": "https://acme.example/apply",
        "followUpDate": "2026-12-01", "notes": "Sent with the portfolio.",
    },
}

moves! {
    /// A draft is sent.
    Submit(Application), "sql/coach/applications/submit.sql",
    |_input: Nothing| [],
    refused: "it was submitted already",
}

/// Everything under `/applications`.
pub fn routes() -> ApiRouter<App> {
    let submit = resource::move_route::<Submit>(
        "coach_applications_submit",
        "Submits a draft; its job becomes APPLIED",
    );
    resource::routes::<Application>("/applications", "coach_applications")
        .api_route("/applications/{id}/submit", submit)
}
