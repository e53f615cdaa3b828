//! smatrx: skills and career tracking. A catalogue of skills, who has which, imports, goals, analyses.

mod profiles;
mod salary;
mod user_skills;

pub use profiles::{
    Availability, CareerStage, CareerTimeline, Profile, ProfileInput, RemotePreference,
};
pub use salary::{SalaryExpectation, SalaryRange};
pub use user_skills::{SkillLevel, SkillSource, UserSkill, UserSkillInput};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
};

/// smatrx, as the rest of the house knows it.
pub const DOMAIN: Domain = Domain {
    name: "smatrx",
    routes,
    tables: &[
        "profiles",
        "user_skills",
        "skill_imports",
        "skill_import_skills",
        "career_goals",
        "achievements",
        "skill_analyses",
    ],
    export: |conn, user| {
        sqlx::query_file_as!(ExportedRow, "sql/smatrx/export.sql", user).fetch(conn).boxed()
    },
    chores: &[],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = profiles::routes().merge(user_skills::routes());
    ApiRouter::new().nest("/smatrx", routes)
}
