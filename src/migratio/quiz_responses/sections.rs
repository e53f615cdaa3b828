//! The sections of a profile that answers tell of.

use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use crate::{
    migratio::{
        Education, FinancialResources, ImmigrationHistory, LanguageProficiency, PersonalInfo,
        ProfilePreferences, WorkExperience,
    },
    rest::{
        problem::{self, Problem, Result},
        validation,
    },
};

/// The sections of a profile that answers tell of; none: it was not filled in.
#[derive(Default, Validate)]
pub struct Sections {
    /// The person.
    #[validate(nested)]
    pub personal_info: Option<PersonalInfo>,
    /// What they studied.
    #[validate(length(max = 50), nested)]
    pub education: Option<Vec<Education>>,
    /// Where they worked.
    #[validate(length(max = 50), nested)]
    pub work_experience: Option<Vec<WorkExperience>>,
    /// The languages they speak.
    #[validate(length(max = 50), nested)]
    pub language_proficiency: Option<Vec<LanguageProficiency>>,
    /// What they have.
    #[validate(nested)]
    pub financial_resources: Option<FinancialResources>,
    /// What they have been through.
    #[validate(nested)]
    pub immigration_history: Option<ImmigrationHistory>,
    /// What they want; where to is told apart.
    #[validate(nested)]
    pub preferences: Option<ProfilePreferences>,
    /// Where to, by codes of two letters; none: as before.
    pub destinations: Option<Vec<String>>,
}

/// The sections as the database has them.
struct Row {
    personal_info: Option<PersonalInfo>,
    education: Option<Json<Vec<Education>>>,
    work_experience: Option<Json<Vec<WorkExperience>>>,
    language_proficiency: Option<Json<Vec<LanguageProficiency>>>,
    financial_resources: Option<FinancialResources>,
    immigration_history: Option<ImmigrationHistory>,
    preferences: Option<ProfilePreferences>,
}

impl Sections {
    /// The sections as they are, held until the end of the transaction; a profile is made if there is none.
    pub async fn hold(conn: &mut PgConnection, owner: Uuid) -> sqlx::Result<Self> {
        let row = sqlx::query_file_as!(Row, "sql/migratio/quiz_responses/hold_profile.sql", owner)
            .fetch_one(conn)
            .await?;
        Ok(Self {
            personal_info: row.personal_info,
            education: row.education.map(|Json(list)| list),
            work_experience: row.work_experience.map(|Json(list)| list),
            language_proficiency: row.language_proficiency.map(|Json(list)| list),
            financial_resources: row.financial_resources,
            immigration_history: row.immigration_history,
            preferences: row.preferences,
            destinations: None,
        })
    }

    /// Writes the sections, checked as those of any profile.
    pub async fn write(&self, conn: &mut PgConnection, owner: Uuid) -> Result<()> {
        validation::check(self)?;
        sqlx::query_file!(
            "sql/migratio/quiz_responses/write_profile.sql",
            owner,
            self.personal_info.as_ref() as _,
            self.education.as_ref().map(Json) as _,
            self.work_experience.as_ref().map(Json) as _,
            self.language_proficiency.as_ref().map(Json) as _,
            self.financial_resources.as_ref() as _,
            self.immigration_history.as_ref() as _,
            self.preferences.as_ref() as _,
        )
        .execute(&mut *conn)
        .await?;
        match &self.destinations {
            Some(codes) => write_destinations(conn, owner, codes).await,
            None => Ok(()),
        }
    }
}

async fn write_destinations(conn: &mut PgConnection, owner: Uuid, codes: &[String]) -> Result<()> {
    let unknown = sqlx::query_file_scalar!(
        "sql/migratio/quiz_responses/write_destinations.sql",
        owner,
        codes
    )
    .fetch_all(conn)
    .await?;
    if unknown.is_empty() {
        return Ok(());
    }
    let detail = format!("no country has this code: {}", unknown.join(", "));
    Err(Problem::new(&problem::CONFLICT).detail(detail))
}
