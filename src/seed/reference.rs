//! What everybody chooses from, and nobody's own: the skills, learning paths and support groups, the countries of the
//! world, occupations, programmes, documents, questions and what there is to read.
//!
//! A file each in the directory of its domain, with fixed ids: loading them again adds only what is not there, and rows
//! that are there stay as people have edited them. What they say of markets, fees and times is plausible and made up.

mod migratio;

use std::fmt;

use serde_json::Value;
use sqlx::{Connection, PgConnection};

use super::{SeedError, disable_triggers, enable_triggers};
use crate::database::connect_owner;

/// The tables filled here.
pub(super) const TABLES: [&str; 14] = [
    "smatrx.skill_categories",
    "smatrx.skills",
    "mentorship.learning_paths",
    "mentorship.support_groups",
    "migratio.countries",
    "migratio.occupation_codes",
    "migratio.programs",
    "migratio.document_types",
    "migratio.document_requirements",
    "migratio.program_documents",
    "migratio.questions",
    "migratio.resources",
    "migratio.resource_countries",
    "migratio.resource_programs",
];

/// What [`reference()`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReferenceReport {
    /// Rows that were missing.
    pub added: u64,
}

impl fmt::Display for ReferenceReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.added {
            0 => write!(formatter, "The reference data were there already."),
            added => write!(formatter, "Added {added} rows of reference data."),
        }
    }
}

/// Loads the reference data where they are missing, and nobody. `url` is a login that may become the owner.
pub async fn reference(url: &str) -> Result<ReferenceReport, SeedError> {
    let mut conn = connect_owner(url).await?;
    let mut tx = conn.begin().await?;
    disable_triggers(&mut tx, &TABLES).await?;
    let report = load(&mut tx).await?;
    enable_triggers(&mut tx, &TABLES).await?;
    tx.commit().await?;
    conn.close().await?;
    Ok(report)
}

/// Within the transaction, with the triggers of [`TABLES`] off.
pub(super) async fn load(conn: &mut PgConnection) -> Result<ReferenceReport, SeedError> {
    let mut report = ReferenceReport::default();
    smatrx(conn, &mut report).await?;
    mentorship(conn, &mut report).await?;
    migratio::load(conn, &mut report).await?;
    Ok(report)
}

async fn smatrx(conn: &mut PgConnection, report: &mut ReferenceReport) -> Result<(), SeedError> {
    let categories: Value =
        serde_json::from_str(include_str!("reference/smatrx/skill_categories.json"))?;
    let skills: Value = serde_json::from_str(include_str!("reference/smatrx/skills.json"))?;
    add!(conn, report, "sql/seed/reference/smatrx/skill_categories.sql", categories);
    add!(conn, report, "sql/seed/reference/smatrx/skills.sql", skills);
    Ok(())
}

async fn mentorship(
    conn: &mut PgConnection,
    report: &mut ReferenceReport,
) -> Result<(), SeedError> {
    let paths: Value =
        serde_json::from_str(include_str!("reference/mentorship/learning_paths.json"))?;
    let groups: Value =
        serde_json::from_str(include_str!("reference/mentorship/support_groups.json"))?;
    add!(conn, report, "sql/seed/reference/mentorship/learning_paths.sql", paths);
    add!(conn, report, "sql/seed/reference/mentorship/support_groups.sql", groups);
    Ok(())
}
