//! An organization of twelve: mentors, mentees, two mothers, and what they do with each other.

use serde_json::Value;
use sqlx::PgConnection;

use super::{DemoReport, SeedError, account};

const ORGANIZATION: &str = include_str!("mentorship/organization.json");

/// Adds those of the organization who are new, and what all of it share; people whose address somebody else took are left
/// out, and what they would share with others.
pub(super) async fn organization(
    conn: &mut PgConnection,
    password_hash: &str,
    report: &mut DemoReport,
) -> Result<(), SeedError> {
    let all: Value = serde_json::from_str(ORGANIZATION)?;
    for person in all["accounts"].as_array().into_iter().flatten() {
        account(conn, person, password_hash, report).await?;
    }
    add!(conn, report, "sql/seed/demo/mentorship/profiles.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/matches.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/sessions.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/session_notes.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/action_items.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/feedback.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/user_learning_progress.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/resources.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/resource_comments.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/milestone_logs.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/group_memberships.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/proxy_requests.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/mental_health_chats.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/user_connections.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/direct_messages.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/reported_issues.sql", all);
    add!(conn, report, "sql/seed/demo/mentorship/issue_messages.sql", all);
    sqlx::query_file!("sql/seed/demo/mentorship/count_members.sql").execute(&mut *conn).await?;
    sqlx::query_file!("sql/seed/demo/mentorship/count_mentees.sql").execute(&mut *conn).await?;
    Ok(())
}
