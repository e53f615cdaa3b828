//! The audit log's partitions: a month each.

use sqlx::PgConnection;

/// Makes the partitions of this month and the three after it, where they are missing.
pub async fn ensure_audit_partitions(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_file!("sql/audit/ensure_partitions.sql").fetch_one(conn).await.map(drop)
}

/// Drops the partitions that are more than `months` behind; says how many.
pub async fn drop_old_audit_partitions(conn: &mut PgConnection, months: i32) -> sqlx::Result<i32> {
    sqlx::query_file_scalar!("sql/audit/drop_old_partitions.sql", months).fetch_one(conn).await
}
