//! Jobs that a user is after.

mod active;
mod board;
mod details;
mod input;
mod list;
mod stats;
mod status;
mod timeline;

pub use input::JobInput;
pub use stats::StatusCount;
pub use timeline::StatusChange;

use aide::axum::{ApiRouter, routing::get_with};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::{JobType, WorkMode};
use crate::{
    App, crud,
    database::Timestamp,
    jsonb, nested,
    rest::{
        openapi::{Describe, Op},
        page::Page,
        problem, resource,
        validation::rules::lines,
    },
};

/// A job that the user is after.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Job {
    /// Id.
    pub id: Uuid,
    /// Title of the position.
    pub title: String,
    /// Employer.
    pub company: String,
    /// The employer's website.
    pub company_url: Option<String>,
    /// Where it is.
    pub location: Option<String>,
    /// Where the work is done.
    pub work_mode: Option<WorkMode>,
    /// The kind of employment.
    pub job_type: Option<JobType>,
    /// Least salary per year, in whole units of the currency.
    pub salary_min: Option<i32>,
    /// Most salary per year, in whole units of the currency.
    pub salary_max: Option<i32>,
    /// Currency of the salary, an ISO 4217 code.
    pub salary_currency: String,
    /// Where it is advertised.
    pub job_url: Option<String>,
    /// The advertisement's text.
    pub description: Option<String>,
    /// What is asked for.
    pub requirements: Vec<String>,
    /// What is to be done.
    pub responsibilities: Vec<String>,
    /// What is offered besides the salary.
    pub benefits: Vec<String>,
    /// How far the user has come.
    pub status: JobStatus,
    /// Where the user found it.
    pub source: Option<String>,
    /// Who recommended the user.
    pub referral_name: Option<String>,
    /// Whom to ask at the employer.
    pub contact_name: Option<String>,
    /// The contact's e-mail address.
    pub contact_email: Option<String>,
    /// The contact's telephone number, as advertised.
    pub contact_phone: Option<String>,
    /// When it was advertised.
    pub posted_at: Option<Timestamp>,
    /// Until when applications are taken.
    pub application_deadline: Option<Timestamp>,
    /// When the status first became `APPLIED`.
    pub applied_at: Option<Timestamp>,
    /// How much the user wants it, 1 (least) to 5.
    pub priority: i32,
    /// The user's labels.
    pub tags: Vec<String>,
    /// The user's notes.
    pub notes: Option<String>,
    /// How well the job fits the profile, 0 to 100.
    pub match_score: Option<i32>,
    /// What the coach makes of it.
    pub ai_analysis: Option<AiAnalysis>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// How far a user has come with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.job_status", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobStatus {
    /// Worth a thought.
    Interested,
    /// An application is out.
    Applied,
    /// There will be an interview.
    InterviewScheduled,
    /// There was an interview.
    InterviewCompleted,
    /// The employer wants the user.
    OfferReceived,
    /// The employer said no.
    Rejected,
    /// The user takes it.
    Accepted,
    /// The user said no.
    Withdrawn,
}

/// What the coach makes of a job.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AiAnalysis {
    /// What speaks for it.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub strengths: Vec<String>,
    /// What speaks against it.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub concerns: Vec<String>,
    /// What to do.
    #[validate(length(max = 10_000))]
    pub recommendation: Option<String>,
}

jsonb!(AiAnalysis);
nested!(Job);

crud! {
    Job, JobInput, "job",
    get: "sql/coach/jobs/get.sql",
    insert: "sql/coach/jobs/insert.sql",
    update: "sql/coach/jobs/update.sql",
    delete: "sql/coach/jobs/delete.sql",
    columns: |input| [
        input.title, input.company, input.company_url, input.location, input.work_mode as _,
        input.job_type as _, input.salary_min, input.salary_max, input.salary_currency,
        input.job_url, input.description, &input.requirements, &input.responsibilities,
        &input.benefits, input.status as _, input.source, input.referral_name, input.contact_name,
        input.contact_email, input.contact_phone, input.posted_at, input.application_deadline,
        input.priority, &input.tags, input.notes, input.match_score, input.ai_analysis as _,
    ],
    example: {
        "title": "Platform Engineer", "company": "Acme", "companyUrl": "https://acme.example",
        "location": "Lisbon", "workMode": "REMOTE", "jobType": "FULL_TIME", "salaryMin": 60000,
        "salaryMax": 80000, "salaryCurrency": "EUR", "jobUrl": "https://acme.example/jobs/1",
        "requirements": ["Rust"], "applicationDeadline": "2026-12-01T00:00:00Z", "priority": 5,
        "tags": ["dream"], "notes": "Ask Bob about the team.", "matchScore": 85,
        "aiAnalysis": {"strengths": ["Rust"], "concerns": [], "recommendation": "Apply."},
    },
}

/// Everything under `/jobs`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list::list, |op| {
        describe(op, "list", "Lists, filtered and sorted, jobs")
            .ok::<Page<Job>>()
            .fails(&[&problem::MALFORMED])
    });
    ApiRouter::new()
        .api_route("/jobs", list.merge(resource::create_route::<Job>("coach_jobs")))
        .api_route("/jobs/{id}", resource::one_routes::<Job>("coach_jobs"))
        .merge(overviews())
        .merge(moves())
}

/// What is read across jobs, or around one.
fn overviews() -> ApiRouter<App> {
    let board = get_with(board::board, |op| {
        describe(op, "board", "Every status with its count and its newest 20 jobs")
            .ok::<Vec<board::Column>>()
    });
    let active = get_with(active::active, |op| {
        describe(
            op,
            "active",
            "Lists, newest first, jobs INTERESTED or APPLIED with their applications",
        )
        .ok::<Page<active::ActiveJob>>()
        .fails(&[&problem::MALFORMED])
    });
    let stats = get_with(stats::stats, |op| {
        describe(op, "stats", "Counts by status, responses, offers, applications per week")
            .ok::<stats::Stats>()
    });
    let details = get_with(details::details, |op| {
        describe(op, "details", "Reads a job with all that hangs on it")
            .row::<details::JobDetails>()
            .fails(&[&problem::NOT_FOUND])
    });
    ApiRouter::new()
        .api_route("/jobs/board", board)
        .api_route("/jobs/active", active)
        .api_route("/jobs/stats", stats)
        .api_route("/jobs/{id}/details", details)
}

/// How a job's status moves, and how it has moved.
fn moves() -> ApiRouter<App> {
    let set = resource::move_route::<status::SetStatus>(
        "coach_jobs_status",
        "Moves a job to another status",
    );
    let timeline = get_with(timeline::timeline, |op| {
        describe(op, "status_changes", "Lists, newest first, the changes of a job's status")
            .ok::<Page<StatusChange>>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    });
    ApiRouter::new()
        .api_route("/jobs/{id}/status", set)
        .api_route("/jobs/{id}/status-changes", timeline)
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("coach_jobs_{verb}"), summary).secured()
}
