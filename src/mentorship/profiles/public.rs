//! `GET /profiles/{userId}`: what others see of somebody.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;

use super::AvailabilitySlot;
use crate::{
    App,
    database::Timestamp,
    readable,
    rest::{reply::Entity, resource},
};

/// What others see of somebody who has a profile.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MentorshipPublicProfile")]
pub struct PublicProfile {
    /// Whose profile it is.
    pub user_id: Uuid,
    /// Their name.
    pub display_name: Option<String>,
    /// Address of their picture.
    pub image: Option<String>,
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
    /// Whether they take more mentees.
    pub accepting_new_mentees: bool,
    /// Whether they support new mothers.
    pub supports_new_mothers: bool,
    /// When the profile was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Entity for PublicProfile {
    fn id(&self) -> Uuid {
        self.user_id
    }

    fn version(&self) -> Timestamp {
        self.updated_at
    }
}

/// Whose profile.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserPath {
    /// The user's id.
    user_id: Uuid,
}

readable! {
    PublicProfile, "profile",
    at: |place: UserPath| [place.user_id],
    get: "sql/mentorship/profiles/get_public.sql",
}

pub(super) fn routes() -> ApiRouter<App> {
    let get = resource::get_route::<PublicProfile>("mentorship_profiles");
    ApiRouter::new().api_route("/profiles/{userId}", get)
}
