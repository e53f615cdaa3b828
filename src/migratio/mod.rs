//! migratio: immigration. Members and their profiles, programmes, a quiz, recommendations, roadmaps, documents, resources.

mod countries;
mod dashboard;
mod document_checklists;
mod document_requirements;
mod document_types;
mod documents;
mod members;
mod occupation_codes;
mod phase_name;
mod profiles;
mod program_documents;
mod programs;
mod questions;
mod quiz_answers;
mod quiz_responses;
mod recommendations;
mod resources;
mod roadmap_shares;
mod roadmaps;
mod rules;

pub use countries::{
    Country, CountryCurrency, CountryInput, CountryKey, EconomicInfo, GeneralInfo, ImmigrationInfo,
    LivingInfo,
};
pub use document_checklists::{
    ChecklistItem, ChecklistItemInput, ChecklistStatus, DocumentChecklist, DocumentChecklistChange,
    DocumentChecklistInput,
};
pub use document_requirements::{DocumentRequirement, DocumentRequirementInput, RequirementFees};
pub use document_types::{DocumentType, DocumentTypeInput, Guidance};
pub use documents::{
    Document, DocumentInput, DocumentNumber, DocumentStatus, DocumentToVerify, VerificationStatus,
};
pub use members::{
    DashboardFocus, Member, MemberChannel, MemberInput, MemberPreferences, Subscription,
    SubscriptionInput, SubscriptionTier, Theme,
};
pub use occupation_codes::{OccupationCode, OccupationCodeInput, OccupationSystem};
pub use phase_name::PhaseName;
pub use profiles::{
    AdditionalAttributes, ApplicationOutcome, Assessment, BudgetRange, ContactInformation,
    CredentialStatus, CriminalRecord, DegreeType, Destination, Education, EmploymentType,
    ExpertiseLevel, FamilyMember, FinancialResources, FormalTest, Gender, Health,
    ImmigrationHistory, LanguageProficiency, LocationPreferences, MaritalStatus, MilitaryService,
    PathwayType, PersonalInfo, PreliminaryScores, PreviousApplication, PriorityFactor,
    ProficiencyLevel, Profile, ProfileInput, ProfileMetadata, ProfilePreferences, Relationship,
    Residence, TestResults, Timeframe, Travel, Violation, WorkExperience,
};
pub use programs::{
    ApplicationStep, Cost, CriterionType, EligibilityCriterion, PredictedProcessingTime,
    PredictedSuccessRate, ProcessingTime, Program, ProgramInput, SuccessRate,
};
pub use questions::{
    AnswerRules, Condition, ConditionOperator, ProfileFact, Question, QuestionOption, QuestionType,
};
pub use quiz_answers::QuizAnswer;
pub use quiz_responses::QuizStatus;
pub use recommendations::{
    ArchiveReason, Archived, Challenge, EstimatedCost, Explanation, Gap, GapAnalysis,
    GapDifficulty, GivenItem, GivenRecommendation, Recommendation, RecommendationInput,
    RecommendationItem, RecommendationSummary, Strength,
};
pub use resources::{
    JourneyStage, ListedResource, Resource, ResourceInput, ResourceType, TargetExpertiseLevel,
};
pub use roadmap_shares::{RoadmapShare, RoadmapShareChange, RoadmapShareInput, ShareAccess};
pub use roadmaps::{
    PdfExport, PdfExportInput, PlanningAssessmentResults, Roadmap, RoadmapAccess, RoadmapChange,
    RoadmapDocument, RoadmapInput, RoadmapMilestone, RoadmapPhase, RoadmapPhaseStatus,
    RoadmapStatus, RoadmapTask, RoadmapTaskInput, RoadmapTaskStatus, SettlementProgress,
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
    encrypted: &[profiles::ENCRYPTED, documents::ENCRYPTED],
};

fn routes() -> ApiRouter<App> {
    let routes = members::routes()
        .merge(profiles::routes())
        .merge(countries::routes())
        .merge(occupation_codes::routes())
        .merge(programs::routes())
        .merge(resource::routes::<DocumentType>("/document-types", "migratio_document_types"))
        .merge(document_requirements::routes())
        .merge(program_documents::routes())
        .merge(questions::routes())
        .merge(quiz_responses::routes())
        .merge(quiz_answers::routes())
        .merge(recommendations::routes())
        .merge(roadmaps::routes())
        .merge(roadmap_shares::routes())
        .merge(document_checklists::routes())
        .merge(documents::routes())
        .merge(resources::routes())
        .merge(dashboard::routes());
    ApiRouter::new().nest("/migratio", routes)
}
