//! What a client writes of a job.

use schemars::JsonSchema;
use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::{AiAnalysis, JobStatus, JobType, WorkMode};
use crate::rest::validation::rules::{broken_at, currency, lines, moment, url};

use crate::database::Timestamp;

/// What a client writes of a [`Job`](super::Job).
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "salary_is_a_range"))]
pub struct JobInput {
    /// Title of the position.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// Employer.
    #[validate(length(min = 1, max = 200))]
    pub company: String,
    /// The employer's website.
    #[validate(custom(function = "url"))]
    pub company_url: Option<String>,
    /// Where it is.
    #[validate(length(min = 1, max = 200))]
    pub location: Option<String>,
    /// Where the work is done.
    pub work_mode: Option<WorkMode>,
    /// The kind of employment.
    pub job_type: Option<JobType>,
    /// Least salary per year, in whole units of the currency.
    #[validate(range(min = 0))]
    pub salary_min: Option<i32>,
    /// Most salary per year, in whole units of the currency, not below the least.
    #[validate(range(min = 0))]
    pub salary_max: Option<i32>,
    /// Currency of the salary, an ISO 4217 code.
    #[serde(default = "us_dollar")]
    #[validate(custom(function = "currency"))]
    pub salary_currency: String,
    /// Where it is advertised.
    #[validate(custom(function = "url"))]
    pub job_url: Option<String>,
    /// The advertisement's text.
    #[validate(length(max = 20_000))]
    pub description: Option<String>,
    /// What is asked for.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub requirements: Vec<String>,
    /// What is to be done.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub responsibilities: Vec<String>,
    /// What is offered besides the salary.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub benefits: Vec<String>,
    /// How far the user has come: `INTERESTED` at first, and kept where it is absent. It moves
    /// under the same rules as by `POST /v1/coach/jobs/{id}/status`.
    pub status: Option<JobStatus>,
    /// Where the user found it.
    #[validate(length(min = 1, max = 200))]
    pub source: Option<String>,
    /// Who recommended the user.
    #[validate(length(min = 1, max = 200))]
    pub referral_name: Option<String>,
    /// Whom to ask at the employer.
    #[validate(length(min = 1, max = 200))]
    pub contact_name: Option<String>,
    /// The contact's e-mail address.
    #[validate(email, length(max = 254))]
    pub contact_email: Option<String>,
    /// The contact's telephone number, as advertised.
    #[validate(length(min = 1, max = 200))]
    pub contact_phone: Option<String>,
    /// When it was advertised.
    #[validate(custom(function = "moment"))]
    pub posted_at: Option<Timestamp>,
    /// Until when applications are taken.
    #[validate(custom(function = "moment"))]
    pub application_deadline: Option<Timestamp>,
    /// How much the user wants it, 1 (least) to 5.
    #[serde(default = "medium")]
    #[validate(range(min = 1, max = 5))]
    pub priority: i32,
    /// The user's labels.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub tags: Vec<String>,
    /// The user's notes.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
    /// How well the job fits the profile, 0 to 100.
    #[validate(range(min = 0, max = 100))]
    pub match_score: Option<i32>,
    /// What the coach makes of it.
    #[validate(nested)]
    pub ai_analysis: Option<AiAnalysis>,
}

fn us_dollar() -> String {
    "USD".to_owned()
}

const fn medium() -> i32 {
    3
}

fn salary_is_a_range(input: &JobInput) -> Result<(), ValidationError> {
    match (input.salary_min, input.salary_max) {
        (Some(min), Some(max)) if min > max => {
            Err(broken_at("salaryMax", "order", "must not be below salaryMin"))
        }
        _ => Ok(()),
    }
}
