//! Behind some connection poolers, prepared statements answer for one another. Find out before serving.
//!
//! PgBouncer before 1.21 in transaction mode forgets which server connection knows which statement,
//! and returns the rows of another without an error.

use crate::{database::Pool, rest::problem::Problem};

/// Why this database connection cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PoolerError {
    /// The database could not be asked.
    #[error("the database cannot be reached")]
    Unreachable,
    /// A prepared statement gave another's answer.
    #[error(
        "the connection pooler before PostgreSQL mixes up prepared statements: use PgBouncer 1.21 \
         or later with max_prepared_statements, session mode, or none"
    )]
    MixesStatements,
}

impl From<Problem> for PoolerError {
    fn from(_: Problem) -> Self {
        Self::Unreachable
    }
}

impl From<sqlx::Error> for PoolerError {
    fn from(error: sqlx::Error) -> Self {
        tracing::warn!(%error, "the pooler check failed");
        // A statement that is unknown or known twice is the other face of the same fault.
        match error {
            sqlx::Error::Database(_) => Self::MixesStatements,
            _ => Self::Unreachable,
        }
    }
}

/// Runs two statements by turns on two connections and checks every answer.
pub async fn check_pooler(pool: &Pool) -> Result<(), PoolerError> {
    let (mut one, mut two) = (pool.get().await?, pool.get().await?);
    for round in 0..8 {
        let (first, second) = tokio::try_join!(echo(&mut one, round), negate(&mut two, round))?;
        let (third, fourth) = tokio::try_join!(negate(&mut one, round), echo(&mut two, round))?;
        if [first, fourth] != [round; 2] || [second, third] != [-round - 1; 2] {
            return Err(PoolerError::MixesStatements);
        }
    }
    Ok(())
}

async fn echo(conn: &mut sqlx::PgConnection, number: i32) -> sqlx::Result<i32> {
    sqlx::query_file_scalar!("sql/database/pooler_echo.sql", number).fetch_one(conn).await
}

async fn negate(conn: &mut sqlx::PgConnection, number: i32) -> sqlx::Result<i32> {
    sqlx::query_file_scalar!("sql/database/pooler_negate.sql", number).fetch_one(conn).await
}
