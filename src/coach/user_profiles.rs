//! A person's career profile: one document with all its lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::{Certification, Education, Experience, Preferences, Skill};
use crate::{
    database::Timestamp,
    rest::validation::rules::{self, url},
    singleton,
};

/// A career profile, with what stands in it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserProfile {
    /// Id.
    pub id: Uuid,
    /// Telephone number for applications, in E.164.
    pub phone: Option<String>,
    /// About the person, in their words.
    pub bio: Option<String>,
    /// Where they live, as they would say it.
    pub location: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or province.
    pub state: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Postal code.
    pub zip_code: Option<String>,
    /// `LinkedIn` page.
    pub linkedin_url: Option<String>,
    /// GitHub page.
    pub github_url: Option<String>,
    /// Portfolio.
    pub portfolio_url: Option<String>,
    /// Own website.
    pub website_url: Option<String>,
    /// Title of the present position.
    pub current_job_title: Option<String>,
    /// Present employer.
    pub current_company: Option<String>,
    /// Years of work.
    pub years_of_experience: Option<i32>,
    /// Time zone, an IANA name.
    pub timezone: Option<String>,
    /// What is looked for.
    pub preferences: Preferences,
    /// Positions held: current ones first, then the latest begun.
    pub experiences: Vec<Experience>,
    /// Courses of study: current ones first, then the latest begun.
    pub educations: Vec<Education>,
    /// Skills by category, the best level first; those without a category last.
    pub skills: Vec<Skill>,
    /// Certificates, the latest first.
    pub certifications: Vec<Certification>,
    /// When the profile was made.
    pub created_at: Timestamp,
    /// When the profile or something in it last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`UserProfile`]. Its lists have routes of their own.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserProfileInput {
    /// Telephone number for applications, in E.164: + and 7 to 15 digits.
    #[validate(custom(function = "rules::phone"))]
    pub phone: Option<String>,
    /// About you, in your words.
    #[validate(length(max = 5000))]
    pub bio: Option<String>,
    /// Where you live, as you would say it.
    #[validate(length(min = 1, max = 200))]
    pub location: Option<String>,
    /// City.
    #[validate(length(min = 1, max = 200))]
    pub city: Option<String>,
    /// State or province.
    #[validate(length(min = 1, max = 200))]
    pub state: Option<String>,
    /// Country.
    #[validate(length(min = 1, max = 200))]
    pub country: Option<String>,
    /// Postal code.
    #[validate(length(min = 1, max = 200))]
    pub zip_code: Option<String>,
    /// `LinkedIn` page.
    #[validate(custom(function = "url"))]
    pub linkedin_url: Option<String>,
    /// GitHub page.
    #[validate(custom(function = "url"))]
    pub github_url: Option<String>,
    /// Portfolio.
    #[validate(custom(function = "url"))]
    pub portfolio_url: Option<String>,
    /// Own website.
    #[validate(custom(function = "url"))]
    pub website_url: Option<String>,
    /// Title of the present position.
    #[validate(length(min = 1, max = 200))]
    pub current_job_title: Option<String>,
    /// Present employer.
    #[validate(length(min = 1, max = 200))]
    pub current_company: Option<String>,
    /// Years of work, 0 to 80.
    #[validate(range(min = 0, max = 80))]
    pub years_of_experience: Option<i32>,
    /// Time zone, an IANA name such as Europe/Lisbon.
    #[validate(custom(function = "rules::timezone"))]
    pub timezone: Option<String>,
    /// What is looked for.
    #[serde(default)]
    #[validate(nested)]
    pub preferences: Preferences,
}

singleton! {
    UserProfile, UserProfileInput, "profile",
    get: "sql/coach/user_profiles/get.sql",
    put: "sql/coach/user_profiles/put.sql",
    columns: |input| [
        input.phone, input.bio, input.location, input.city, input.state, input.country,
        input.zip_code, input.linkedin_url, input.github_url, input.portfolio_url,
        input.website_url, input.current_job_title, input.current_company,
        input.years_of_experience, input.timezone, &input.preferences as _,
    ],
    example: {
        "phone": "+351211234567", "bio": "Engineer who likes databases.", "city": "Lisbon",
        "country": "Portugal", "githubUrl": "https://github.com/ann", "currentJobTitle": "Engineer",
        "yearsOfExperience": 6, "timezone": "Europe/Lisbon",
    },
}
