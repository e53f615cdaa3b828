//! smatrx: skills and career tracking. A catalogue of skills, who has which, imports, goals, analyses.

mod salary;
mod skill_imports;

pub use salary::{SalaryExpectation, SalaryRange};
pub use skill_imports::{
    ImportInput, ImportItem, ImportResults, ImportSource, ImportStatus, SkillImport, SkillLevel,
};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
    server::worker::Worker,
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
    workers: &[Worker::of::<skill_imports::Imports>()],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = ApiRouter::new().merge(skill_imports::routes());
    ApiRouter::new().nest("/smatrx", routes)
}
