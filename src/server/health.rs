//! Is the server alive, and can it do its work?

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{App, database, rest::problem::Problem};

/// SQLSTATE of a table that is not there.
const UNDEFINED_TABLE: &str = "42P01";

/// Alive: answers without the database.
pub async fn alive() -> Response {
    axum::Json(json!({"status": "alive"})).into_response()
}

/// Ready: the database is reachable, of the expected version, and can take audit logs.
pub async fn ready(State(app): State<App>) -> Response {
    match check(&app).await {
        Ok(None) => axum::Json(json!({"status": "ready"})).into_response(),
        Ok(Some(reason)) => Problem::unavailable().detail(reason).into_response(),
        Err(problem) => problem.detail("the database cannot be reached").into_response(),
    }
}

async fn check(app: &App) -> Result<Option<&'static str>, Problem> {
    let mut conn = app.pool.get().await?;
    let found = match sqlx::query_file!("sql/database/ready.sql").fetch_one(&mut *conn).await {
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(UNDEFINED_TABLE) => {
            return Ok(Some("the database was never migrated: run `trellis migrate`"));
        }
        found => found?,
    };
    Ok(if found.version < database::expected_version() {
        Some("the database's schema is older than this server: run `trellis migrate`")
    } else if !found.has_partition {
        Some("this month's audit partition is missing: run `trellis migrate`")
    } else {
        None
    })
}
