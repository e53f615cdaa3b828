//! What a client writes of a profile, and how it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::{
    AdditionalAttributes, Education, FinancialResources, ImmigrationHistory, LanguageProficiency,
    PersonalInfo, Profile, ProfilePreferences, WorkExperience, languages::one_primary, sealed,
};
use crate::{
    identity::secrets::cipher::Cipher,
    rest::{
        problem::Result,
        reply::Entity,
        validation::rules::{broken, code},
    },
};

/// What a client writes of a [`Profile`]. A section that is null was not filled in yet; an empty one says that there is
/// nothing.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MigratioProfileInput")]
pub struct ProfileInput {
    /// The person.
    #[validate(nested)]
    pub personal_info: Option<PersonalInfo>,
    /// What you studied, at most 50.
    #[validate(length(max = 50), nested)]
    pub education: Option<Vec<Education>>,
    /// Where you worked, at most 50.
    #[validate(length(max = 50), nested)]
    pub work_experience: Option<Vec<WorkExperience>>,
    /// The languages you speak, at most 50, at most one of them primary.
    #[validate(length(max = 50), nested, custom(function = "one_primary"))]
    pub language_proficiency: Option<Vec<LanguageProficiency>>,
    /// What you have.
    #[validate(nested)]
    pub financial_resources: Option<FinancialResources>,
    /// What you have been through.
    #[validate(nested)]
    pub immigration_history: Option<ImmigrationHistory>,
    /// What you want.
    #[validate(nested)]
    pub preferences: Option<ProfilePreferences>,
    /// What nobody but yourself reads; at most 64 KiB.
    #[validate(nested)]
    pub additional_attributes: Option<AdditionalAttributes>,
    /// What you agree to, at most 20, by names such as `matching`.
    #[serde(default)]
    #[validate(custom(function = "consents"))]
    pub data_consent: BTreeMap<String, bool>,
}

fn consents(consents: &BTreeMap<String, bool>) -> std::result::Result<(), ValidationError> {
    if consents.len() <= 20 && consents.keys().all(|name| code(name).is_ok()) {
        return Ok(());
    }
    Err(broken("consents", "must be at most 20, by names of letters, digits, _ . -"))
}

impl ProfileInput {
    /// Writes the profile over the version that was seen; none if it is another by now.
    pub(super) async fn write(
        &self,
        conn: &mut PgConnection,
        cipher: &Cipher,
        owner: Uuid,
        seen: Option<&Profile>,
    ) -> Result<Option<Uuid>> {
        let id = seen.map_or_else(Uuid::now_v7, Entity::id);
        let attributes = self.additional_attributes.as_ref();
        let attributes = attributes.map(|plain| sealed::seal(plain, id, cipher)).transpose()?;
        Ok(sqlx::query_file_scalar!(
            "sql/migratio/profiles/put.sql",
            owner,
            id,
            seen.map(Entity::version),
            self.personal_info.as_ref() as _,
            self.education.as_ref().map(Json) as _,
            self.work_experience.as_ref().map(Json) as _,
            self.language_proficiency.as_ref().map(Json) as _,
            self.financial_resources.as_ref() as _,
            self.immigration_history.as_ref() as _,
            self.preferences.as_ref() as _,
            attributes,
            Json(&self.data_consent) as _,
        )
        .fetch_optional(conn)
        .await?)
    }

    /// Writes where they want to go, in place of what they said before.
    pub(super) async fn write_destinations(
        &self,
        conn: &mut PgConnection,
        owner: Uuid,
    ) -> Result<()> {
        let wanted = self.preferences.iter().flat_map(|wish| &wish.destination_countries);
        let (countries, ranks): (Vec<Uuid>, Vec<i32>) =
            wanted.map(|one| (one.country_id, one.preference_rank)).unzip();
        sqlx::query_file!("sql/migratio/profiles/destinations.sql", owner, &countries, &ranks)
            .execute(conn)
            .await?;
        Ok(())
    }
}
