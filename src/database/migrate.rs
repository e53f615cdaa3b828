//! Schema migrations: refinery's, run over a plain sqlx connection.

use refinery_core::{
    AsyncMigrate, Migration, Runner,
    traits::r#async::{AsyncQuery, AsyncTransaction},
};
use sqlx::{Acquire, ConnectOptions, Executor, PgConnection, Row, SqlSafeStr};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    connect::{become_owner, owner_options},
    partitions::ensure_audit_partitions,
};

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// Roles and the schema of the migration history: what must stand before the first migration.
const ROLES: &str = include_str!("../../sql/database/roles.sql");

/// Where refinery keeps what was applied.
const HISTORY: &str = "trellis.schema_history";

/// Why a database could not be migrated.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database could not be reached, or refused a statement.
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    /// A migration failed, or one that was applied has changed since.
    #[error("{error}{}", cause(error))]
    Migration {
        /// Which migration, and what is wrong with it.
        #[from]
        error: refinery_core::Error,
    },
}

/// What PostgreSQL said; refinery's own message only names the migration.
fn cause(error: &refinery_core::Error) -> String {
    std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default()
}

/// Version that the database must have for this program.
pub fn expected_version() -> i32 {
    let runner = embedded::migrations::runner();
    runner.get_migrations().iter().map(Migration::version).max().unwrap_or(0)
}

/// Applies what is pending and returns the names. Any number of servers may call it at once.
pub async fn migrate(url: &str) -> Result<Vec<String>, MigrateError> {
    let mut session = Session::open(url).await?;
    let report = runner().run_async(&mut session).await?;
    ensure_audit_partitions(&mut session.0).await?;
    Ok(report.applied_migrations().iter().map(ToString::to_string).collect())
}

/// Names of the migrations that [`migrate`] would apply; changes nothing.
pub async fn pending(url: &str) -> Result<Vec<String>, MigrateError> {
    let mut session = Session(owner_options(url)?.connect().await?);
    let known =
        sqlx::query_file_scalar!("sql/database/has_history.sql").fetch_one(&mut session.0).await?;
    let applied = match known {
        true => runner().get_applied_migrations_async(&mut session).await?,
        false => Vec::new(),
    };
    let is_pending =
        |one: &&Migration| applied.iter().all(|known| known.version() != one.version());
    let runner = runner();
    let mut pending: Vec<_> = runner.get_migrations().iter().filter(is_pending).collect();
    // They come by name, in which V10 precedes V2.
    pending.sort_by_key(|one| one.version());
    Ok(pending.into_iter().map(ToString::to_string).collect())
}

fn runner() -> Runner {
    let mut runner = embedded::migrations::runner();
    runner.set_migration_table_name(HISTORY);
    runner
}

/// A connection that holds the migration lock, in the owner's role.
struct Session(PgConnection);

impl Session {
    /// Waits until no other server migrates; the lock goes with the connection.
    async fn open(url: &str) -> Result<Self, MigrateError> {
        let mut conn = owner_options(url)?.connect().await?;
        sqlx::query_file!("sql/database/lock_migrations.sql").fetch_one(&mut conn).await?;
        conn.execute(ROLES).await?;
        become_owner(&mut conn).await?;
        Ok(Self(conn))
    }
}

impl AsyncTransaction for Session {
    type Error = sqlx::Error;

    async fn execute<'a, T: Iterator<Item = &'a str> + Send + 'a>(
        &'a mut self,
        queries: T,
    ) -> Result<usize, sqlx::Error> {
        let mut transaction = self.0.begin().await?;
        let mut count = 0;
        for query in queries {
            // Migrations are ours, embedded at compile time: nothing of a client's is in them.
            let sql = sqlx::AssertSqlSafe(query.to_owned()).into_sql_str();
            transaction.execute(sqlx::raw_sql(sql)).await?;
            count += 1;
        }
        transaction.commit().await?;
        Ok(count)
    }
}

impl AsyncQuery<Vec<Migration>> for Session {
    async fn query(&mut self, query: &str) -> Result<Vec<Migration>, sqlx::Error> {
        let sql = sqlx::AssertSqlSafe(query.to_owned()).into_sql_str();
        let rows = self.0.fetch_all(sqlx::raw_sql(sql)).await?;
        rows.iter().map(applied).collect()
    }
}

impl AsyncMigrate for Session {}

/// One row of the history: version, name, time and checksum as text.
fn applied(row: &sqlx::postgres::PgRow) -> sqlx::Result<Migration> {
    let (version, name): (i32, String) = (row.try_get(0)?, row.try_get(1)?);
    let (at, checksum): (String, String) = (row.try_get(2)?, row.try_get(3)?);
    let unreadable = |error: Box<dyn std::error::Error + Send + Sync>| sqlx::Error::Decode(error);
    let at = OffsetDateTime::parse(&at, &Rfc3339).map_err(|error| unreadable(error.into()))?;
    let checksum =
        checksum.parse().map_err(|error: std::num::ParseIntError| unreadable(error.into()))?;
    Ok(Migration::applied(version, name, at, checksum))
}
