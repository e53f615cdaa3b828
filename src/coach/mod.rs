//! coach: an AI career coach. Profile, jobs, applications, résumés.

mod applications;
mod certifications;
mod educations;
mod enums;
mod experiences;
mod jobs;
mod preferences;
mod resumes;
mod skills;
mod user_profiles;

pub use applications::{Application, ApplicationInput, ApplicationMethod, ApplicationStatus};
pub use certifications::*;
pub use educations::*;
pub use enums::*;
pub use experiences::*;
pub use jobs::{AiAnalysis, Job, JobInput, JobStatus, StatusChange};
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
    ],
    export: |conn, user| {
        sqlx::query_file_as!(ExportedRow, "sql/coach/export.sql", user).fetch(conn).boxed()
    },
    chores: &[],
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
        .merge(applications::routes());
    ApiRouter::new().nest("/coach", routes)
}
