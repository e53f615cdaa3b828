//! Is the server alive, and can it do its work?

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{App, database, rest::problem::Problem};

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
    let found = sqlx::query_file!("sql/database/ready.sql").fetch_one(&mut *conn).await?;
    Ok(if found.version < database::expected_version() {
        Some("the database's schema is older than this server: run `trellis migrate`")
    } else if !found.has_partition {
        Some("this month's audit partition is missing: run `trellis migrate`")
    } else {
        None
    })
}
