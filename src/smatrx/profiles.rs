//! The professional profile, and the onboarding that fills it.

mod onboarding;

use aide::axum::{ApiRouter, routing::post_with};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::SalaryExpectation;
use crate::{
    App,
    database::Timestamp,
    rest::{
        openapi::Describe,
        problem, resource, singleton,
        validation::rules::{lines, tags, url},
    },
    singleton,
};

/// Who somebody is at work, and what they are after.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Id.
    pub id: Uuid,
    /// About the person, in their words.
    pub bio: Option<String>,
    /// Title of the present position.
    pub title: Option<String>,
    /// Present employer.
    pub company: Option<String>,
    /// Where they live, as they would say it.
    pub location: Option<String>,
    /// `LinkedIn` page.
    pub linkedin_url: Option<String>,
    /// GitHub page.
    pub github_url: Option<String>,
    /// Own website.
    pub website_url: Option<String>,
    /// Years of work.
    pub years_experience: Option<i32>,
    /// How far they have come.
    pub career_stage: Option<CareerStage>,
    /// Industries of interest.
    pub industries: Vec<String>,
    /// Languages spoken.
    pub languages: Vec<String>,
    /// How much and on what terms they are there to work.
    pub availability: Option<Availability>,
    /// Where they like to work.
    pub remote_preference: Option<RemotePreference>,
    /// Salary wanted.
    pub salary_expectation: Option<SalaryExpectation>,
    /// Job title that they are after.
    pub target_role: Option<String>,
    /// When they look for a change.
    pub career_timeline: Option<CareerTimeline>,
    /// Would move for a position.
    pub willing_to_relocate: bool,
    /// Places where they would like to work.
    pub preferred_locations: Vec<String>,
    /// They have been through the onboarding.
    pub onboarding_completed: bool,
    /// When that was.
    pub onboarding_completed_at: Option<Timestamp>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Profile`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileInput {
    /// About you, in your words.
    #[validate(length(max = 10_000))]
    pub bio: Option<String>,
    /// Title of the present position.
    #[validate(length(min = 1, max = 200))]
    pub title: Option<String>,
    /// Present employer.
    #[validate(length(min = 1, max = 200))]
    pub company: Option<String>,
    /// Where you live, as you would say it.
    #[validate(length(min = 1, max = 200))]
    pub location: Option<String>,
    /// `LinkedIn` page.
    #[validate(custom(function = "url"))]
    pub linkedin_url: Option<String>,
    /// GitHub page.
    #[validate(custom(function = "url"))]
    pub github_url: Option<String>,
    /// Own website.
    #[validate(custom(function = "url"))]
    pub website_url: Option<String>,
    /// Years of work, 0 to 50.
    #[validate(range(min = 0, max = 50))]
    pub years_experience: Option<i32>,
    /// How far you have come.
    pub career_stage: Option<CareerStage>,
    /// Industries of interest.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub industries: Vec<String>,
    /// Languages spoken.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub languages: Vec<String>,
    /// How much and on what terms you are there to work.
    pub availability: Option<Availability>,
    /// Where you like to work.
    pub remote_preference: Option<RemotePreference>,
    /// Salary wanted.
    #[validate(nested)]
    pub salary_expectation: Option<SalaryExpectation>,
    /// Job title that you are after. Those who are after the same are compared, whatever the case.
    #[validate(length(min = 1, max = 200))]
    pub target_role: Option<String>,
    /// When you look for a change.
    pub career_timeline: Option<CareerTimeline>,
    /// Would move for a position.
    #[serde(default)]
    pub willing_to_relocate: bool,
    /// Places where you would like to work.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub preferred_locations: Vec<String>,
}

/// How far somebody has come in their career.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "smatrx.career_stage", rename_all = "snake_case")]
pub enum CareerStage {
    /// Still learns.
    Student,
    /// Has begun.
    Entry,
    /// Works alone.
    Mid,
    /// Is asked by others.
    Senior,
    /// Leads others.
    Lead,
    /// Leads leaders.
    Executive,
}

/// How much and on what terms somebody is there to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "smatrx.availability", rename_all = "kebab-case")]
pub enum Availability {
    /// The whole week.
    FullTime,
    /// A part of the week.
    PartTime,
    /// For a limited time.
    Contract,
    /// On their own account.
    Freelance,
}

/// Where somebody likes to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "smatrx.remote_preference", rename_all = "snake_case")]
pub enum RemotePreference {
    /// Anywhere.
    Remote,
    /// Partly at the employer's.
    Hybrid,
    /// At the employer's.
    Onsite,
}

/// When somebody looks for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "smatrx.career_timeline", rename_all = "snake_case")]
pub enum CareerTimeline {
    /// Now.
    Immediate,
    /// Within three months.
    #[serde(rename = "3months")]
    #[sqlx(rename = "3months")]
    ThreeMonths,
    /// Within six months.
    #[serde(rename = "6months")]
    #[sqlx(rename = "6months")]
    SixMonths,
    /// Within a year.
    #[serde(rename = "1year")]
    #[sqlx(rename = "1year")]
    OneYear,
    /// Only looks around.
    Exploring,
}

singleton! {
    Profile, ProfileInput, "profile",
    get: "sql/smatrx/profiles/get.sql",
    put: "sql/smatrx/profiles/put.sql",
    columns: |input| [
        input.bio, input.title, input.company, input.location, input.linkedin_url,
        input.github_url, input.website_url, input.years_experience, input.career_stage as _,
        &input.industries, &input.languages, input.availability as _,
        input.remote_preference as _, input.salary_expectation.as_ref() as _, input.target_role,
        input.career_timeline as _, input.willing_to_relocate, &input.preferred_locations,
    ],
    example: {
        "title": "Data analyst", "company": "Acme", "location": "Lisbon", "yearsExperience": 4,
        "careerStage": "mid", "industries": ["Health care"], "languages": ["English", "Portuguese"],
        "availability": "full-time", "remotePreference": "hybrid",
        "salaryExpectation": {"min": 45000, "max": 60000, "currency": "EUR"},
        "targetRole": "Data engineer", "careerTimeline": "6months", "preferredLocations": ["Lisbon", "Porto"],
    },
}

/// Everything under `/profile`.
pub fn routes() -> ApiRouter<App> {
    let complete = post_with(onboarding::complete, |op| {
        op.about("smatrx_profile_onboarding_complete", "Ends your onboarding, once")
            .secured()
            .row::<Profile>()
            .fails(resource::WRITE)
            .fails(&[&problem::NOT_FOUND])
    });
    singleton::routes::<Profile>("/profile", "smatrx_profile")
        .api_route("/profile/onboarding/complete", complete)
}
