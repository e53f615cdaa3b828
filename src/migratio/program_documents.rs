//! What programmes ask for beside what they define: requirements of other programmes.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, put_with},
};
use axum::extract::State;

use super::{ContentManager, document_requirements::RequirementPlace};
use crate::{
    App,
    rest::{
        extract::Path,
        openapi::{Describe, Op},
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// `/programs/{id}/required-documents/{requirementId}`.
pub fn routes() -> ApiRouter<App> {
    let ask = put_with(ask_for, |op| {
        describe(op, "ask", "Has a programme ask for what another defines; if it does, it stays so")
    });
    let forgo = delete_with(drop_from, |op| {
        describe(op, "drop", "Has a programme no longer ask for what another defines")
            .fails(&[&problem::CONFLICT])
    });
    ApiRouter::new()
        .api_route("/programs/{id}/required-documents/{requirementId}", ask.merge(forgo))
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("migratio_program_documents_{verb}"), summary)
        .secured()
        .no_content()
        .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
}

async fn ask_for(
    State(app): State<App>,
    ContentManager(caller): ContentManager,
    Path(place): Path<RequirementPlace>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    sqlx::query_file_scalar!(
        "sql/migratio/program_documents/ask.sql",
        caller.id,
        place.id,
        place.requirement_id,
    )
    .fetch_optional(&mut *conn)
    .await?
    .map(|_| Reply::no_content())
    .ok_or_else(neither)
}

async fn drop_from(
    State(app): State<App>,
    ContentManager(caller): ContentManager,
    Path(place): Path<RequirementPlace>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    sqlx::query_file_scalar!(
        "sql/migratio/program_documents/drop.sql",
        caller.id,
        place.id,
        place.requirement_id,
    )
    .fetch_optional(&mut *conn)
    .await?
    .map(|_| Reply::no_content())
    .ok_or_else(neither)
}

fn neither() -> Problem {
    Problem::not_found("programme, or no such document requirement")
}
