//! Three people at different points of their search for a job, an administrator, eight colleagues who mentor each other
//! with them, two clinics with their doctors and patients, and a way to Canada; first of all the
//! [reference data](mod@super::reference) that they choose from.
//!
//! They live in `demo/*.json`, a file each: a key per domain, times as days ago, ids fixed, so that loading them again
//! adds only what is not there. A further domain adds its key to the files and a function like [`coach`]. What several
//! people share is one file, too: [`mentorship`], [`visitnow`], [`migratio`].

mod mentorship;
mod migratio;
mod visitnow;

use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::{SeedError, disable_triggers, enable_triggers, reference};
use crate::{database::connect_owner, identity::secrets::password::Passwords, registry};

/// One of the demo's people, to try the API as.
pub const DEMO_EMAIL: &str = "ada@example.com";

/// Password of everybody who is seeded.
pub const DEMO_PASSWORD: &str = "demo-trellis-2026";

const PEOPLE: [&str; 4] = [
    include_str!("demo/ada.json"),
    include_str!("demo/grace.json"),
    include_str!("demo/linus.json"),
    include_str!("demo/admin.json"),
];

/// What [`demo`] found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DemoReport {
    /// E-mail addresses as seeded, of those who are not somebody else's; all have [`DEMO_PASSWORD`] until changed.
    pub logins: Vec<String>,
    /// Rows that were missing.
    pub added: u64,
}

impl fmt::Display for DemoReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.added {
            0 => writeln!(formatter, "The demo was there already.")?,
            added => writeln!(formatter, "Added {added} rows of the demo.")?,
        }
        write!(formatter, "Sign in as {} with {DEMO_PASSWORD}", self.logins.join(", "))
    }
}

/// Loads the demo into a database that has no users, and changes nothing in any other: no database of real people gets
/// accounts with a known password by being looked at.
pub async fn demo_once(url: &str, passwords: &Passwords) -> Result<Option<DemoReport>, SeedError> {
    let mut conn = connect_owner(url).await?;
    let used = sqlx::query_file_scalar!("sql/seed/demo/has_users.sql").fetch_one(&mut conn).await?;
    conn.close().await?;
    if used { Ok(None) } else { demo(url, passwords).await.map(Some) }
}

/// Loads the demo where it is missing; rows that are there stay as people have edited them. `url` is a login that may
/// become the owner.
pub async fn demo(url: &str, passwords: &Passwords) -> Result<DemoReport, SeedError> {
    let password_hash = passwords.hash(DEMO_PASSWORD).await?;
    let mut conn = connect_owner(url).await?;
    let mut tx = conn.begin().await?;
    // Those of the reference data first, as where they are loaded alone: nobody waits for each other in a circle.
    let catalogues = reference::TABLES.into_iter().map(str::to_owned);
    let tables: Vec<_> = catalogues.chain(registry::tables()).collect();
    disable_triggers(&mut tx, &tables).await?;
    let added = reference::load(&mut tx).await?.added;
    let mut report = DemoReport { added, ..DemoReport::default() };
    let mut people = Vec::new();
    for file in PEOPLE {
        let person: Value = serde_json::from_str(file)?;
        if let Some(id) = account(&mut tx, &person, &password_hash, &mut report).await? {
            people.push((id, person));
        }
    }
    // Not before: people verify each other's skills.
    for (id, person) in &people {
        coach(&mut tx, person, *id, &mut report).await?;
        smatrx(&mut tx, person, *id, &mut report).await?;
    }
    mentorship::organization(&mut tx, &password_hash, &mut report).await?;
    visitnow::practices(&mut tx, &password_hash, &mut report).await?;
    migratio::emigrants(&mut tx, &mut report).await?;
    enable_triggers(&mut tx, &tables).await?;
    tx.commit().await?;
    conn.close().await?;
    Ok(report)
}

/// The person's id, unless somebody else took their address.
async fn account(
    conn: &mut PgConnection,
    person: &Value,
    password_hash: &str,
    report: &mut DemoReport,
) -> Result<Option<Uuid>, SeedError> {
    let id = Uuid::deserialize(&person["user"]["id"])?;
    add!(conn, report, "sql/seed/demo/identity/users.sql", person, password_hash);
    if !sqlx::query_file_scalar!("sql/seed/demo/is_ours.sql", id).fetch_one(&mut *conn).await? {
        return Ok(None);
    }
    report.logins.extend(person["user"]["email"].as_str().map(str::to_owned));
    add!(conn, report, "sql/seed/demo/identity/role_grants.sql", person, id);
    Ok(Some(id))
}

async fn coach(
    conn: &mut PgConnection,
    person: &Value,
    id: Uuid,
    report: &mut DemoReport,
) -> Result<(), SeedError> {
    add!(conn, report, "sql/seed/demo/coach/user_profiles.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/experiences.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/educations.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/skills.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/certifications.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/resumes.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/jobs.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/status_changes.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/applications.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/interviews.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/mock_interviews.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/documents.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/career_goals.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/assessments.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/conversations.sql", person, id);
    add!(conn, report, "sql/seed/demo/coach/messages.sql", person, id);
    Ok(())
}

async fn smatrx(
    conn: &mut PgConnection,
    person: &Value,
    id: Uuid,
    report: &mut DemoReport,
) -> Result<(), SeedError> {
    add!(conn, report, "sql/seed/demo/smatrx/profiles.sql", person, id);
    add!(conn, report, "sql/seed/demo/smatrx/user_skills.sql", person, id);
    add!(conn, report, "sql/seed/demo/smatrx/skill_imports.sql", person, id);
    add!(conn, report, "sql/seed/demo/smatrx/skill_import_skills.sql", person, id);
    add!(conn, report, "sql/seed/demo/smatrx/career_goals.sql", person, id);
    add!(conn, report, "sql/seed/demo/smatrx/achievements.sql", person, id);
    add!(conn, report, "sql/seed/demo/smatrx/skill_analyses.sql", person, id);
    Ok(())
}
