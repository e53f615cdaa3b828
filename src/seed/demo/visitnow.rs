//! Two clinics with four providers, their staff, and three patients with those they take care of.

use serde_json::Value;
use sqlx::PgConnection;

use super::{DemoReport, SeedError, account};

const PRACTICES: &str = include_str!("visitnow/practices.json");

/// Adds those who are new, and what they share; people whose address somebody else took are left out, and what hangs on
/// them.
pub(super) async fn practices(
    conn: &mut PgConnection,
    password_hash: &str,
    report: &mut DemoReport,
) -> Result<(), SeedError> {
    let all: Value = serde_json::from_str(PRACTICES)?;
    for person in all["accounts"].as_array().into_iter().flatten() {
        account(conn, person, password_hash, report).await?;
    }
    add!(conn, report, "sql/seed/demo/visitnow/providers.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/clinics.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/services.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/credentials.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/staff_members.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/patients.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/dependants.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/preferences.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/availability_templates.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/slots.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/appointments.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/waitlist.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/conversations.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/messages.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/notifications.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/tickets.sql", all);
    add!(conn, report, "sql/seed/demo/visitnow/ticket_participants.sql", all);
    sqlx::query_file!("sql/seed/demo/visitnow/count_ratings.sql").execute(&mut *conn).await?;
    Ok(())
}
