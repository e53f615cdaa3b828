//! What the resources of a practice have in common: who may work there at all, and how their lists are narrowed.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{filters, identity::Roles};

/// Who has or may have a practice to work in; of which one, and what they may do there, the database knows.
pub const PRACTICE: Roles = ("visitnow", &["doctor", "staff"]);

filters! {
    /// Of which practice rows are wanted.
    PracticeParams {
        /// Only those of this provider.
        pub provider_id: Option<Uuid>,
    }
}

/// Whether somebody may do for a provider what this permission is for.
pub async fn acts_for(
    conn: &mut PgConnection,
    actor: Uuid,
    provider: Uuid,
    permission: &str,
) -> sqlx::Result<bool> {
    sqlx::query_file_scalar!("sql/visitnow/practice.sql", actor, provider, permission)
        .fetch_one(conn)
        .await
}
