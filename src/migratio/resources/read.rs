//! `GET /resources/{id}`: what is read is counted, and what is premium is read by those who pay.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::{extract::State, response::Response};

use super::Resource;
use crate::{
    App,
    identity::Caller,
    rest::{
        etag::IfNoneMatch,
        extract::{Id, Path},
        openapi::Describe,
        problem::{self, Problem, Result},
        resource::{answer, missing_or},
    },
};

/// `GET` of one resource.
pub fn route(id: &str) -> ApiMethodRouter<App> {
    get_with(get, |op| {
        op.about(&format!("{id}_get"), "Reads one resource, and counts that")
            .secured()
            .row::<Resource>()
            .fails(&[&problem::UPGRADE_REQUIRED, &problem::NOT_FOUND])
    })
}

async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let row =
        sqlx::query_file_as!(Resource, "sql/migratio/resources/read.sql", caller.id, place.id)
            .fetch_optional(&mut *conn)
            .await?;
    match row {
        Some(row) => answer(&row, &known),
        None => {
            let refused = Problem::new(&problem::UPGRADE_REQUIRED);
            Err(missing_or::<Resource>(&mut conn, caller.id, place, refused).await?)
        }
    }
}
