//! How Trellis connects: as which role, and with which session settings.

use std::{str::FromStr, time::Duration};

use log::LevelFilter;
use sqlx::{ConnectOptions, PgConnection, postgres::PgConnectOptions};

/// Role of the server: reads and writes rows, changes no tables.
pub const APP_ROLE: &str = "trellis_app";

/// Role that owns every table.
pub const OWNER_ROLE: &str = "trellis_owner";

/// Statements beyond this many are prepared again; there are fewer in the whole program.
const STATEMENT_CACHE: usize = 1000;

/// Options for the server: the app role, bounded statements, no schema but the extensions'.
pub fn app_options(url: &str) -> sqlx::Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(url)?;
    // A login that is the app role itself may not be allowed to SET ROLE, and need not.
    let role = (options.get_username() != APP_ROLE).then_some(("role", APP_ROLE));
    let settings = [
        ("search_path", "extensions"),
        ("statement_timeout", "10s"),
        ("lock_timeout", "2s"),
        ("idle_in_transaction_session_timeout", "10s"),
        // Compiling a plan takes longer than any of these queries runs.
        ("jit", "off"),
    ];
    Ok(options
        .application_name("trellis")
        .options(settings.into_iter().chain(role))
        .statement_cache_capacity(STATEMENT_CACHE)
        .log_statements(LevelFilter::Off)
        .log_slow_statements(LevelFilter::Warn, Duration::from_secs(1)))
}

/// Options for migrations: the login as it is; they take the owner's role themselves.
pub fn owner_options(url: &str) -> sqlx::Result<PgConnectOptions> {
    let settings = [("search_path", "extensions"), ("lock_timeout", "10s")];
    Ok(PgConnectOptions::from_str(url)?
        .application_name("trellis migrate")
        .options(settings)
        .log_statements(LevelFilter::Off)
        .log_slow_statements(LevelFilter::Off, Duration::MAX))
}

/// Connects and takes the owner's role.
pub async fn connect_owner(url: &str) -> sqlx::Result<PgConnection> {
    let mut conn = owner_options(url)?.connect().await?;
    become_owner(&mut conn).await?;
    Ok(conn)
}

/// Takes the owner's role.
pub(super) async fn become_owner(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_file!("sql/database/become_owner.sql").execute(conn).await.map(drop)
}
