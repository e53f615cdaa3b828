//! Sessions: families of refresh tokens, and how they end.

mod mine;

pub use mine::{Session, routes};

use sqlx::PgConnection;
use uuid::Uuid;

/// Signs the user out everywhere: after a change of password, a suspension, or at their own wish.
///
/// Access tokens that are out already stay good for what is left of their ten minutes.
pub async fn revoke_all(conn: &mut PgConnection, actor: Uuid, user: Uuid) -> sqlx::Result<i64> {
    sqlx::query_file_scalar!("sql/identity/sessions/revoke_all.sql", actor, user)
        .fetch_one(conn)
        .await
}
