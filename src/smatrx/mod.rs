//! smatrx: skills and career tracking. A catalogue of skills, who has which, imports, goals, analyses.

mod salary;
mod skill_categories;
mod skills;

pub use salary::{SalaryExpectation, SalaryRange};
pub use skill_categories::{SkillCategory, SkillCategoryInput};
pub use skills::{MarketDemand, Skill, SkillInput};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
    rest::resource,
};

/// Who keeps the catalogue of skills.
const KEEPER: (&str, &str) = ("smatrx", "admin");

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
    let routes = resource::routes::<SkillCategory>("/skill-categories", "smatrx_skill_categories")
        .merge(skills::routes());
    ApiRouter::new().nest("/smatrx", routes)
}
