//! coach: an AI career coach. Profile, jobs, applications, résumés.

mod certifications;

pub use certifications::*;

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
    rest::resource,
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
    ApiRouter::new().nest(
        "/coach",
        resource::routes::<Certification>("/profile/certifications", "coach_certifications"),
    )
}
