//! `GET /documents/expiring`: what has to be renewed.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use chrono::NaiveDate;
use uuid::Uuid;

use super::Document;
use crate::{
    App, filters,
    identity::Caller,
    rest::{
        extract::Params,
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
    },
};

/// How far it is looked ahead when the client does not say.
const DAYS: i32 = 30;

filters! {
    /// Which documents are wanted.
    ExpiringParams {
        /// Those that are over within so many days, 0 to 365; 30 when absent.
        #[validate(range(min = 0, max = 365))]
        pub within_days: Option<i32>,
    }
}

/// Where a page ends: the last day of its last document, which always has one, and its id.
type Key = (Option<NaiveDate>, Uuid);

/// `/documents/expiring`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about(
            "migratio_documents_expiring",
            "Lists, soonest first, documents that are over soon, or already, and not archived",
        )
        .secured()
        .ok::<Page<Document>>()
        .fails(&[&problem::MALFORMED])
    });
    ApiRouter::new().api_route("/documents/expiring", list)
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<ExpiringParams>,
) -> Result<Reply> {
    let position = Position::<Key>::of(&params)?;
    let (day, id) = position.after.unzip();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Document,
        "sql/migratio/documents/expiring.sql",
        caller.id,
        day.flatten(),
        id,
        position.rows,
        params.within_days.unwrap_or(DAYS),
    )
    .fetch_all(&mut *conn)
    .await?;
    let rows = rows.into_iter().map(|row| row.opened(&app.cipher)).collect::<Result<_>>()?;
    Reply::json(&position.page(rows, |last: &Document| (last.expiry_date, last.id)))
}
