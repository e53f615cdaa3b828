//! migratio: immigration. Members and their profiles, programmes, recommendations, roadmaps, documents, resources.

mod dashboard;
mod document_checklists;
mod documents;
mod phase_name;
mod profiles;
mod programs;
mod resources;
mod rules;

pub use document_checklists::{
    ChecklistItem, ChecklistItemInput, ChecklistStatus, DocumentChecklist, DocumentChecklistChange,
    DocumentChecklistInput,
};
pub use documents::{
    Document, DocumentInput, DocumentNumber, DocumentStatus, DocumentToVerify, VerificationStatus,
};
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
    PredictedSuccessRate, ProcessingTime, SuccessRate,
};
pub use resources::{
    JourneyStage, ListedResource, Resource, ResourceInput, ResourceType, TargetExpertiseLevel,
};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    identity::Roles,
    registry::{Domain, ExportedRow},
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
    encrypted: &[documents::ENCRYPTED],
};

fn routes() -> ApiRouter<App> {
    let routes = documents::routes()
        .merge(document_checklists::routes())
        .merge(resources::routes())
        .merge(dashboard::routes());
    ApiRouter::new().nest("/migratio", routes)
}
