//! smatrx: skills and career tracking. A catalogue of skills, who has which, imports, goals, analyses.

mod salary;

pub use salary::{SalaryExpectation, SalaryRange};

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
    let routes = ApiRouter::new();
    ApiRouter::new().nest("/smatrx", routes)
}
