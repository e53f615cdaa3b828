//! Providers: doctors, as patients find and see them. Each keeps their own profile, administrators let them hold visits.

mod admin;
mod public;

pub use public::{PublicClinic, PublicProvider, PublicService};

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App,
    database::Timestamp,
    rest::{
        singleton,
        validation::rules::{languages, tags},
    },
    singleton,
};

/// A doctor's profile.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// Id.
    pub id: Uuid,
    /// Whose profile it is.
    pub user_id: Uuid,
    /// The name that patients see.
    pub display_name: String,
    /// What they specialize in.
    pub specializations: Vec<String>,
    /// The languages that they speak, as tags of BCP 47.
    pub languages: Vec<String>,
    /// About the provider, in their words.
    pub about: Option<String>,
    /// Years of experience.
    pub experience_years: Option<i32>,
    /// Whether they may hold visits.
    pub status: ProviderStatus,
    /// How good their appointments were to patients, 1 (worst) to 5, in the mean; null: nobody has said.
    pub rating: Option<f64>,
    /// How many have said.
    pub rating_count: i32,
    /// When the profile was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a doctor writes of their [`Provider`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProviderInput {
    /// The name that patients see and find you by.
    #[validate(length(min = 1, max = 200))]
    pub display_name: String,
    /// What you specialize in; patients find you by it.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub specializations: Vec<String>,
    /// The languages that you speak, as tags of BCP 47, such as en or pt-BR.
    #[serde(default)]
    #[validate(custom(function = "languages"))]
    pub languages: Vec<String>,
    /// About you, in your words.
    #[validate(length(max = 10_000))]
    pub about: Option<String>,
    /// Years of experience, 0 to 80.
    #[validate(range(min = 0, max = 80))]
    pub experience_years: Option<i32>,
}

/// Whether a provider may hold visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.provider_status", rename_all = "snake_case")]
pub enum ProviderStatus {
    /// No administrator has decided.
    Pending,
    /// They are found and booked.
    Active,
    /// They are neither, until an administrator lets them again.
    Suspended,
}

singleton! {
    Provider, ProviderInput, "provider", writers: ("visitnow", &["doctor"]),
    get: "sql/visitnow/providers/get_own.sql",
    put: "sql/visitnow/providers/put.sql",
    columns: |input| [
        input.display_name, &input.specializations, &input.languages, input.about, input.experience_years,
    ],
    example: {
        "displayName": "Dr. Ada Weiss", "specializations": ["Cardiology", "Sports medicine"],
        "languages": ["de", "en"], "about": "I listen first.", "experienceYears": 12,
    },
}

/// Everything under `/providers`, save the search, and `/admin/providers`.
pub fn routes() -> ApiRouter<App> {
    singleton::routes::<Provider>("/providers/me", "visitnow_provider")
        .merge(public::routes())
        .merge(admin::routes())
}
