//! coach: an AI career coach. Profile, jobs and all that comes of them, rehearsals, goals, conversations.

mod applications;
mod assessments;
mod career_goals;
mod certifications;
mod conversations;
mod dashboard;
mod documents;
mod educations;
mod enums;
mod experiences;
mod interviews;
mod jobs;
mod messages;
mod mock_interviews;
mod preferences;
mod resumes;
mod skills;
mod user_profiles;

pub use applications::{Application, ApplicationInput, ApplicationMethod, ApplicationStatus};
pub use assessments::{Assessment, AssessmentInput};
pub use career_goals::{CareerGoal, CareerGoalInput, GoalStatus, Milestone};
pub use certifications::*;
pub use conversations::{Conversation, ConversationInput};
pub use documents::{Document, DocumentInput, DocumentType};
pub use educations::*;
pub use enums::*;
pub use experiences::*;
pub use interviews::{Interview, InterviewInput, InterviewOutcome, InterviewType, Interviewer};
pub use jobs::{AiAnalysis, Job, JobInput, JobStatus, StatusChange};
pub use messages::{Message, MessageInput, MessageMetadata, MessageRole};
pub use mock_interviews::{
    ConversationHistory, Difficulty, MockInterview, MockInterviewAnalysis, MockInterviewInput,
    MockInterviewMessage,
};
pub use preferences::*;
pub use resumes::{MimeType, ParsedData, Resume, ResumeInput};
pub use skills::{Skill, SkillCategory, SkillInput};
pub use user_profiles::*;

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
    rest::{resource, singleton},
};

/// coach, as the rest of the house knows it.
pub const DOMAIN: Domain = Domain {
    name: "coach",
    routes,
    tables: &[
        "user_profiles",
        "experiences",
        "educations",
        "skills",
        "certifications",
        "resumes",
        "jobs",
        "status_changes",
        "applications",
        "interviews",
        "mock_interviews",
        "documents",
        "career_goals",
        "assessments",
        "conversations",
        "messages",
    ],
    export: |conn, user| {
        sqlx::query_file_as!(ExportedRow, "sql/coach/export.sql", user).fetch(conn).boxed()
    },
    chores: &[],
    workers: &[],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = singleton::routes::<UserProfile>("/profile", "coach_profile")
        .merge(resource::routes::<Experience>("/profile/experiences", "coach_experiences"))
        .merge(resource::routes::<Education>("/profile/educations", "coach_educations"))
        .merge(skills::routes())
        .merge(resource::routes::<Certification>("/profile/certifications", "coach_certifications"))
        .merge(resumes::routes())
        .merge(jobs::routes())
        .merge(applications::routes())
        .merge(interviews::routes())
        .merge(mock_interviews::routes())
        .merge(resource::routes::<Document>("/documents", "coach_documents"))
        .merge(career_goals::routes())
        .merge(assessments::routes())
        .merge(conversations::routes())
        .merge(messages::routes())
        .merge(dashboard::routes());
    ApiRouter::new().nest("/coach", routes)
}
