//! A notification in the hands of this server. What it writes names the attempt, so that nothing is written once another
//! server has taken it.

use sqlx::PgConnection;
use uuid::Uuid;

use super::NotificationChannel;

/// Which notification, which attempt at it, and what it says.
#[derive(Debug)]
pub struct Lease {
    /// Who is told.
    pub owner: Uuid,
    /// The notification.
    pub id: Uuid,
    /// Which try this is, from 1.
    pub attempt: i32,
    /// By what.
    pub channel: NotificationChannel,
    /// The address or number.
    pub recipient: Option<String>,
    /// What they are told.
    pub template_key: String,
    /// With which provider.
    pub provider: Option<String>,
    /// When, in words.
    pub start: Option<String>,
    /// Until when something is held for them, in words.
    pub held_until: Option<String>,
    /// Which ticket.
    pub ticket: Option<String>,
    /// What kind of credential.
    pub credential: Option<String>,
}

impl Lease {
    /// Leases the next notification that is due; deletes what has expired meanwhile.
    pub async fn next(conn: &mut PgConnection) -> sqlx::Result<Option<Self>> {
        sqlx::query_file_as!(Self, "sql/visitnow/notifications/take.sql").fetch_optional(conn).await
    }

    /// It is on its way.
    pub async fn sent(&self, conn: &mut PgConnection) -> sqlx::Result<Option<Uuid>> {
        sqlx::query_file_scalar!(
            "sql/visitnow/notifications/sent.sql",
            self.owner,
            self.id,
            self.attempt
        )
        .fetch_optional(conn)
        .await
    }

    /// Gives it back untried.
    pub async fn give_back(&self, conn: &mut PgConnection) -> sqlx::Result<Option<Uuid>> {
        sqlx::query_file_scalar!(
            "sql/visitnow/notifications/give_back.sql",
            self.owner,
            self.id,
            self.attempt
        )
        .fetch_optional(conn)
        .await
    }

    /// Has it tried again, each time five times later.
    pub async fn retry(&self, conn: &mut PgConnection, reason: &str) -> sqlx::Result<Option<Uuid>> {
        sqlx::query_file_scalar!(
            "sql/visitnow/notifications/retry.sql",
            self.owner,
            self.id,
            self.attempt,
            reason
        )
        .fetch_optional(conn)
        .await
    }

    /// Fails it for good.
    pub async fn fail(&self, conn: &mut PgConnection, reason: &str) -> sqlx::Result<Option<Uuid>> {
        sqlx::query_file_scalar!(
            "sql/visitnow/notifications/fail.sql",
            self.owner,
            self.id,
            self.attempt,
            reason
        )
        .fetch_optional(conn)
        .await
    }
}
