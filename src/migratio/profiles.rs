//! Who wants to go, and with what: one profile per user, in eight sections.

mod background;
mod history;
mod input;
mod languages;
mod parts;
mod person;
mod sealed;
mod wishes;

pub use background::{
    CredentialStatus, DegreeType, Education, EmploymentType, FinancialResources, WorkExperience,
};
pub use history::{ApplicationOutcome, ImmigrationHistory, PreviousApplication, Travel, Violation};
pub use input::ProfileInput;
pub use languages::{FormalTest, LanguageProficiency, ProficiencyLevel, TestResults};
pub use parts::{Assessment, ExpertiseLevel, PreliminaryScores, ProfileMetadata};
pub use person::{
    AdditionalAttributes, ContactInformation, CriminalRecord, FamilyMember, Gender, Health,
    MaritalStatus, MilitaryService, PersonalInfo, Relationship, Residence,
};
pub use sealed::ENCRYPTED;
pub use wishes::{
    BudgetRange, Destination, LocationPreferences, PathwayType, PriorityFactor, ProfilePreferences,
    Timeframe,
};

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::{Acquire, PgConnection, types::Json};
use uuid::Uuid;

use crate::{
    App,
    database::Timestamp,
    identity::secrets::cipher::Cipher,
    rest::{
        problem::Result,
        reply::Entity,
        singleton::{self, Singleton},
    },
};

/// Who wants to go, and with what. A section that is null was not filled in yet; an empty one says that there is nothing.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MigratioProfile")]
pub struct Profile {
    #[serde(flatten)]
    stored: Stored,
    /// What nobody but yourself reads.
    pub additional_attributes: Option<AdditionalAttributes>,
    /// What you agree to, by name.
    pub data_consent: std::collections::BTreeMap<String, bool>,
}

/// A profile as it is stored.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Stored {
    /// Id.
    id: Uuid,
    /// The person.
    personal_info: Option<PersonalInfo>,
    /// What they studied.
    #[schemars(with = "Option<Vec<Education>>")]
    education: Option<Json<Vec<Education>>>,
    /// Where they worked.
    #[schemars(with = "Option<Vec<WorkExperience>>")]
    work_experience: Option<Json<Vec<WorkExperience>>>,
    /// The languages they speak.
    #[schemars(with = "Option<Vec<LanguageProficiency>>")]
    language_proficiency: Option<Json<Vec<LanguageProficiency>>>,
    /// What they have.
    financial_resources: Option<FinancialResources>,
    /// What they have been through.
    immigration_history: Option<ImmigrationHistory>,
    /// What they want.
    preferences: Option<ProfilePreferences>,
    #[serde(skip)]
    sealed: Option<Vec<u8>>,
    /// What they can do: the skills of their work, in small letters, sorted.
    derived_skills: Vec<String>,
    /// How much they know of immigration, by what they have been through.
    inferred_expertise_level: ExpertiseLevel,
    /// What their latest recommendations were about; null: there are none yet.
    preliminary_scores: Option<PreliminaryScores>,
    /// About the profile.
    profile_metadata: ProfileMetadata,
    /// How much of the eight sections is filled in, in percent.
    completion_percentage: i32,
    /// When the profile was made.
    created_at: Timestamp,
    /// When the profile last changed.
    updated_at: Timestamp,
}

impl Entity for Profile {
    const WORDS: &'static [&'static str] = &["additionalAttributes"];

    fn id(&self) -> Uuid {
        self.stored.id
    }

    fn version(&self) -> Timestamp {
        self.stored.updated_at
    }
}

impl Singleton for Profile {
    type Input = ProfileInput;
    const NAME: &'static str = "profile";

    fn example() -> Value {
        json!({
            "personalInfo": {"dateOfBirth": "1990-05-17", "nationalities": ["PT"]},
            "education": [{"degreeType": "master", "fieldOfStudy": "Physics", "isCompleted": true}],
            "workExperience": [],
            "languageProficiency": [{"language": "en", "proficiencyLevel": "C1"}],
            "preferences": {"pathwayTypes": [{"type": "skilled-worker", "preferenceRank": 1}]},
            "additionalAttributes": {"criminalRecord": {"hasRecord": false}},
            "dataConsent": {"matching": true},
        })
    }

    async fn get(conn: &mut PgConnection, cipher: &Cipher, owner: Uuid) -> Result<Option<Self>> {
        let stored = sqlx::query_file_as!(Stored, "sql/migratio/profiles/get.sql", owner)
            .fetch_optional(conn)
            .await?;
        stored.map(|stored| Self::opened(stored, cipher)).transpose()
    }

    async fn put(
        conn: &mut PgConnection,
        cipher: &Cipher,
        owner: Uuid,
        seen: Option<&Self>,
        input: &ProfileInput,
    ) -> Result<Option<Self>> {
        let mut transaction = conn.begin().await?;
        if input.write(&mut transaction, cipher, owner, seen).await?.is_none() {
            transaction.rollback().await?;
            return Ok(None);
        }
        input.write_destinations(&mut transaction, owner).await?;
        let row = Self::get(&mut transaction, cipher, owner).await?;
        transaction.commit().await?;
        Ok(row)
    }
}

impl Profile {
    fn opened(mut stored: Stored, cipher: &Cipher) -> Result<Self> {
        let sealed = stored.sealed.take();
        let additional_attributes =
            sealed.map(|value| sealed::open(&value, stored.id, cipher)).transpose()?;
        let data_consent = stored.profile_metadata.data_consent.clone();
        Ok(Self { stored, additional_attributes, data_consent })
    }
}

/// Everything under `/profile`.
pub fn routes() -> ApiRouter<App> {
    singleton::routes::<Profile>("/profile", "migratio_profile")
}
