//! smatrx: skills and career tracking. A catalogue of skills, who has which, imports, goals, analyses.

mod achievements;
mod career_goals;
mod gap;
mod profiles;
mod salary;
mod skill_analyses;
mod skill_categories;
mod skill_imports;
mod skills;
mod user_skills;

pub use achievements::{Achievement, AchievementType};
pub use career_goals::{CareerGoal, CareerGoalInput, GoalPriority, GoalStatus, GoalType};
pub use profiles::{
    Availability, CareerStage, CareerTimeline, Profile, ProfileInput, RemotePreference,
};
pub use salary::{SalaryExpectation, SalaryRange};
pub use skill_analyses::{AnalysisType, SkillAnalysis};
pub use skill_categories::{SkillCategory, SkillCategoryInput};
pub use skill_imports::{
    ImportInput, ImportItem, ImportResults, ImportSource, ImportStatus, SkillImport,
};
pub use skills::{MarketDemand, Skill, SkillInput};
pub use user_skills::{SkillLevel, SkillSource, UserSkill, UserSkillInput};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    identity::Roles,
    registry::{Domain, ExportedRow},
    rest::resource,
    server::worker::Worker,
    with_role,
};

/// Who keeps the catalogue of skills, and gives achievements.
const KEEPER: Roles = ("smatrx", &["admin"]);

with_role! {
    /// A caller who administers smatrx; everybody else gets 403, whatever they sent.
    Admin: KEEPER
}

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
    workers: &[Worker::of::<skill_imports::Imports>()],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = profiles::routes()
        .merge(resource::routes::<SkillCategory>("/skill-categories", "smatrx_skill_categories"))
        .merge(skills::routes())
        .merge(user_skills::routes())
        .merge(skill_imports::routes())
        .merge(resource::routes::<CareerGoal>("/goals", "smatrx_career_goals"))
        .merge(achievements::routes())
        .merge(skill_analyses::routes())
        .merge(gap::routes());
    ApiRouter::new().nest("/smatrx", routes)
}
