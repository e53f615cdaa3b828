//! `PUT /roadmaps/{id}/pdf-export`: there is a new PDF of it.

use aide::axum::routing::{ApiMethodRouter, put_with};
use axum::extract::State;
use serde_json::json;

use super::{PdfExportInput, Roadmap, RoadmapAccess, refusal};
use crate::{
    App,
    identity::Caller,
    rest::{
        etag::IfMatch,
        extract::{Id, Path, Valid},
        openapi::Describe,
        problem::{self, Result},
        reply::Reply,
        resource::WRITE,
    },
};

/// `PUT` of the PDF.
pub(super) fn route() -> ApiMethodRouter<App> {
    put_with(export, |op| {
        op.about("migratio_roadmaps_pdf_export", "Says where the latest PDF of a roadmap is")
            .description("It is of now, and its version is the next.")
            .secured()
            .row::<Roadmap>()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
            .example(json!({"storageUrl": "https://files.example.com/roadmap.pdf"}))
    })
}

async fn export(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    wanted: IfMatch,
    Valid(input): Valid<PdfExportInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let roadmap = sqlx::query_file_as!(
        Roadmap,
        "sql/migratio/roadmaps/export_pdf.sql",
        caller.id,
        place.id,
        wanted.versions() as _,
        input.storage_url,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match roadmap {
        Some(roadmap) => Reply::row(&roadmap),
        None => Err(refusal(&mut conn, caller.id, place.id, RoadmapAccess::Edit).await?),
    }
}
