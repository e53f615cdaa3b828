//! smatrx: skills and career tracking. A catalogue of skills, who has which, imports, goals, analyses.

mod achievements;
mod admin;
mod career_goals;
mod gap;
mod salary;
mod skill_analyses;

pub use achievements::{Achievement, AchievementType};
pub use admin::Admin;
pub use career_goals::{CareerGoal, CareerGoalInput, GoalPriority, GoalStatus, GoalType};
pub use salary::{SalaryExpectation, SalaryRange};
pub use skill_analyses::{AnalysisType, SkillAnalysis};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
    rest::resource,
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
    let routes = resource::routes::<CareerGoal>("/goals", "smatrx_career_goals")
        .merge(achievements::routes())
        .merge(skill_analyses::routes())
        .merge(gap::routes());
    ApiRouter::new().nest("/smatrx", routes)
}
