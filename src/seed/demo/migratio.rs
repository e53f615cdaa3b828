//! Ada, who is on her way to Canada and lets Grace look on, and Grace, who has begun the quiz.

use serde_json::Value;
use sqlx::PgConnection;

use super::{DemoReport, SeedError};

const EMIGRANTS: &str = include_str!("migratio/emigrants.json");

/// Adds what those have who are there, of programmes that are there.
pub(super) async fn emigrants(
    conn: &mut PgConnection,
    report: &mut DemoReport,
) -> Result<(), SeedError> {
    let all: Value = serde_json::from_str(EMIGRANTS)?;
    add!(conn, report, "sql/seed/demo/migratio/members.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/profile_destinations.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/profiles.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/quiz_responses.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/quiz_answers.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/recommendations.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/recommendation_items.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/roadmaps.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/roadmap_shares.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/documents.sql", all);
    add!(conn, report, "sql/seed/demo/migratio/document_checklists.sql", all);
    sqlx::query_file!("sql/seed/demo/migratio/count_roadmaps.sql").execute(&mut *conn).await?;
    Ok(())
}
