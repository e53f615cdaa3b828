//! The countries of the world, occupations, the ways to immigrate and what they ask for, the quiz, and what helps.

use serde_json::Value;
use sqlx::PgConnection;

use super::{ReferenceReport, SeedError};

/// Countries first, then what refers to them by their codes.
pub(super) async fn load(
    conn: &mut PgConnection,
    report: &mut ReferenceReport,
) -> Result<(), SeedError> {
    let countries: Value = serde_json::from_str(include_str!("migratio/countries.json"))?;
    let occupations: Value = serde_json::from_str(include_str!("migratio/occupation_codes.json"))?;
    let programs: Value = serde_json::from_str(include_str!("migratio/programs.json"))?;
    let kinds: Value = serde_json::from_str(include_str!("migratio/document_types.json"))?;
    let questions: Value = serde_json::from_str(include_str!("migratio/questions.json"))?;
    let resources: Value = serde_json::from_str(include_str!("migratio/resources.json"))?;
    add!(conn, report, "sql/seed/reference/migratio/countries.sql", countries);
    add!(conn, report, "sql/seed/reference/migratio/occupation_codes.sql", occupations);
    add!(conn, report, "sql/seed/reference/migratio/programs.sql", programs);
    add!(conn, report, "sql/seed/reference/migratio/document_types.sql", kinds);
    add!(conn, report, "sql/seed/reference/migratio/document_requirements.sql", programs);
    add!(conn, report, "sql/seed/reference/migratio/program_documents.sql", programs);
    add!(conn, report, "sql/seed/reference/migratio/questions.sql", questions);
    add!(conn, report, "sql/seed/reference/migratio/resources.sql", resources);
    add!(conn, report, "sql/seed/reference/migratio/resource_countries.sql", resources);
    add!(conn, report, "sql/seed/reference/migratio/resource_programs.sql", resources);
    sqlx::query_file!("sql/seed/reference/migratio/estimate_costs.sql").execute(&mut *conn).await?;
    Ok(())
}
