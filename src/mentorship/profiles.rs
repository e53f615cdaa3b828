//! Who somebody is as a mentor or mentee: their own whole profile, and what others see of it.

mod availability;
mod onboarding;
mod public;

pub use availability::AvailabilitySlot;
pub use public::PublicProfile;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App,
    database::Timestamp,
    rest::{singleton, validation::rules::tags},
    singleton,
};

/// Who somebody is as a mentor or mentee.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MentorshipProfile")]
pub struct Profile {
    /// Id.
    pub id: Uuid,
    /// Department in which they work.
    pub department: Option<String>,
    /// Title of the position.
    pub position: Option<String>,
    /// Employer.
    pub organization: Option<String>,
    /// About the person, in their words.
    pub bio: Option<String>,
    /// What they can do.
    pub skills: Vec<String>,
    /// What they care about.
    pub interests: Vec<String>,
    /// What they want to reach or to learn; for their own eyes.
    pub goals: Option<String>,
    /// When they have time, every week.
    #[schemars(with = "Vec<AvailabilitySlot>")]
    pub availability: Json<Vec<AvailabilitySlot>>,
    /// Years of experience, as they would say it.
    pub years_of_experience: Option<String>,
    /// What they know best.
    pub area_of_expertise: Option<String>,
    /// How they like to mentor or to be mentored.
    pub mentorship_style: Option<String>,
    /// How they like to be spoken to.
    pub preferred_communication: Option<String>,
    /// How many mentees they take at most, 0 to 50.
    pub max_mentee_capacity: i32,
    /// How many they have: approved matches.
    pub current_mentee_count: i32,
    /// Whether they take more.
    pub accepting_new_mentees: bool,
    /// Whether they support new mothers.
    pub supports_new_mothers: bool,
    /// How far the onboarding has come.
    pub onboarding_status: OnboardingStatus,
    /// The last step of it that is done, 0 (none) to 5 (all).
    pub onboarding_step: i32,
    /// When it was completed.
    pub onboarding_completed_at: Option<Timestamp>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Profile`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MentorshipProfileInput")]
pub struct ProfileInput {
    /// Department in which you work.
    #[validate(length(min = 1, max = 200))]
    pub department: Option<String>,
    /// Title of the position.
    #[validate(length(min = 1, max = 200))]
    pub position: Option<String>,
    /// Employer.
    #[validate(length(min = 1, max = 200))]
    pub organization: Option<String>,
    /// About you, in your words.
    #[validate(length(max = 10_000))]
    pub bio: Option<String>,
    /// What you can do; mentors are found by it.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub skills: Vec<String>,
    /// What you care about; mentors are found by it.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub interests: Vec<String>,
    /// What you want to reach or to learn; nobody else sees it.
    #[validate(length(max = 10_000))]
    pub goals: Option<String>,
    /// When you have time, every week: at most 50 times of day.
    #[serde(default)]
    #[validate(nested, length(max = 50))]
    pub availability: Vec<AvailabilitySlot>,
    /// Years of experience, as you would say it.
    #[validate(length(min = 1, max = 200))]
    pub years_of_experience: Option<String>,
    /// What you know best.
    #[validate(length(min = 1, max = 200))]
    pub area_of_expertise: Option<String>,
    /// How you like to mentor or to be mentored.
    #[validate(length(min = 1, max = 200))]
    pub mentorship_style: Option<String>,
    /// How you like to be spoken to.
    #[validate(length(min = 1, max = 200))]
    pub preferred_communication: Option<String>,
    /// How many mentees you take at most, 0 to 50, and not fewer than you have.
    #[serde(default)]
    #[validate(range(min = 0, max = 50))]
    pub max_mentee_capacity: i32,
    /// Whether you take more.
    #[serde(default = "yes")]
    pub accepting_new_mentees: bool,
    /// Whether you support new mothers.
    #[serde(default)]
    pub supports_new_mothers: bool,
}

fn yes() -> bool {
    true
}

/// How far somebody has come with the onboarding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "mentorship.onboarding_status", rename_all = "snake_case")]
pub enum OnboardingStatus {
    /// Nothing is done.
    NotStarted,
    /// Some steps are done.
    InProgress,
    /// All are.
    Completed,
}

singleton! {
    Profile, ProfileInput, "profile",
    get: "sql/mentorship/profiles/get.sql",
    put: "sql/mentorship/profiles/put.sql",
    columns: |input| [
        input.department, input.position, input.organization, input.bio, &input.skills,
        &input.interests, input.goals, Json(&input.availability) as _, input.years_of_experience,
        input.area_of_expertise, input.mentorship_style, input.preferred_communication,
        input.max_mentee_capacity, input.accepting_new_mentees, input.supports_new_mothers,
    ],
    example: {
        "department": "Engineering", "position": "Staff engineer", "organization": "Acme",
        "bio": "I make slow things fast.", "skills": ["Rust", "PostgreSQL"], "interests": ["Teaching"],
        "availability": [{"weekday": "monday", "start": "17:00", "end": "18:30", "timeZone": "Europe/Warsaw"}],
        "yearsOfExperience": "11", "areaOfExpertise": "Databases", "mentorshipStyle": "Pairing on real work",
        "preferredCommunication": "Video", "maxMenteeCapacity": 2, "supportsNewMothers": true,
    },
}

/// Everything under `/profile` and `/profiles`.
pub fn routes() -> ApiRouter<App> {
    singleton::routes::<Profile>("/profile", "mentorship_profile")
        .merge(onboarding::routes())
        .merge(public::routes())
}
