//! migratio: immigration. Members and their profiles, programmes, recommendations, roadmaps, documents, resources.

mod members;
mod phase_name;
mod profiles;
mod programs;
mod recommendations;
mod roadmap_shares;
mod roadmaps;
mod questions;
mod quiz_answers;
mod quiz_responses;
mod rules;

pub use members::{
    DashboardFocus, Member, MemberChannel, MemberInput, MemberPreferences, Subscription,
    SubscriptionInput, SubscriptionTier, Theme,
};
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
    PredictedSuccessRate, ProcessingTime, SuccessRate,
};
pub use recommendations::{
    ArchiveReason, Archived, Challenge, EstimatedCost, Explanation, Gap, GapAnalysis,
    GapDifficulty, GivenItem, GivenRecommendation, Recommendation, RecommendationInput,
    RecommendationItem, RecommendationSummary, Strength,
pub use roadmap_shares::{RoadmapShare, RoadmapShareChange, RoadmapShareInput, ShareAccess};
pub use roadmaps::{
    PdfExport, PdfExportInput, PlanningAssessmentResults, Roadmap, RoadmapAccess, RoadmapChange,
    RoadmapDocument, RoadmapInput, RoadmapMilestone, RoadmapPhase, RoadmapPhaseStatus,
    RoadmapStatus, RoadmapTask, RoadmapTaskInput, RoadmapTaskStatus, SettlementProgress,
};
pub use questions::{
    AnswerRules, Condition, ConditionOperator, ProfileFact, Question, QuestionOption, QuestionType,
};
pub use quiz_answers::QuizAnswer;
pub use quiz_responses::QuizStatus;

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
    encrypted: &[profiles::ENCRYPTED],
};

fn routes() -> ApiRouter<App> {
    let routes = members::routes().merge(profiles::routes());
    let routes = recommendations::routes();
    let routes = roadmaps::routes().merge(roadmap_shares::routes());
    let routes = members::routes()
        .merge(profiles::routes())
        .merge(questions::routes())
        .merge(quiz_responses::routes())
        .merge(quiz_answers::routes());
    ApiRouter::new().nest("/migratio", routes)
}
