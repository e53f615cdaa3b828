//! migratio: immigration. Members and their profiles, programmes, recommendations, roadmaps, documents, resources.

mod countries;
mod document_requirements;
mod document_types;
mod occupation_codes;
mod phase_name;
mod profiles;
mod program_documents;
mod programs;
mod rules;

pub use countries::{
    Country, CountryCurrency, CountryInput, CountryKey, EconomicInfo, GeneralInfo, ImmigrationInfo,
    LivingInfo,
};
pub use document_requirements::{DocumentRequirement, DocumentRequirementInput, RequirementFees};
pub use document_types::{DocumentType, DocumentTypeInput, Guidance};
pub use occupation_codes::{OccupationCode, OccupationCodeInput, OccupationSystem};
pub use phase_name::PhaseName;
pub use profiles::{
    AdditionalAttributes, ApplicationOutcome, BudgetRange, ContactInformation, CredentialStatus,
    CriminalRecord, DegreeType, Destination, Education, EmploymentType, FamilyMember,
    FinancialResources, FormalTest, Gender, Health, ImmigrationHistory, LanguageProficiency,
    LocationPreferences, MaritalStatus, MilitaryService, PathwayType, PersonalInfo,
    PreviousApplication, PriorityFactor, ProficiencyLevel, ProfilePreferences, Relationship,
    Residence, TestResults, Timeframe, Travel, Violation, WorkExperience,
};
pub use programs::{
    ApplicationStep, Cost, CriterionType, EligibilityCriterion, PredictedProcessingTime,
    PredictedSuccessRate, ProcessingTime, Program, ProgramInput, SuccessRate,
};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    identity::Roles,
    registry::{Domain, ExportedRow},
    rest::resource,
    with_role,
};

/// Who keeps the tiers of members, and everything else.
const KEEPER: Roles = ("migratio", &["admin"]);

/// Who writes what all read: countries, programmes, questions, resources.
const WRITERS: Roles = ("migratio", &["contentManager", "admin"]);

with_role! {
    /// A caller who administers migratio; everybody else gets 403, whatever they sent.
    Admin: KEEPER
}

with_role! {
    /// A caller who writes what all read; everybody else gets 403, whatever they sent.
    ContentManager: WRITERS
}

/// migratio, as the rest of the house knows it.
pub const DOMAIN: Domain = Domain {
    name: "migratio",
    routes,
    tables: &[
        "members",
        "profiles",
        "profile_destinations",
        "recommendations",
        "recommendation_items",
        "quiz_responses",
        "quiz_answers",
        "roadmaps",
        "roadmap_shares",
        "document_checklists",
        "documents",
        "resources",
    ],
    export: |conn, user| {
        sqlx::query_file_as!(ExportedRow, "sql/migratio/export.sql", user).fetch(conn).boxed()
    },
    chores: &[],
    workers: &[],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = countries::routes()
        .merge(occupation_codes::routes())
        .merge(resource::routes::<DocumentType>("/document-types", "migratio_document_types"))
        .merge(programs::routes())
        .merge(document_requirements::routes())
        .merge(program_documents::routes());
    ApiRouter::new().nest("/migratio", routes)
}
