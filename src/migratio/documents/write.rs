//! `POST`, `PUT` and `PATCH` of documents, whose numbers are encrypted on their way in.

use aide::axum::routing::{ApiMethodRouter, patch_with, post_with, put_with};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Document, DocumentInput, DocumentNumber};
use crate::{
    App,
    identity::Caller,
    rest::{
        etag::IfMatch,
        extract::{Id, MergePatch, Path, Post, Valid},
        idempotency,
        openapi::{Describe, Op},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{CHANGE, PATCH_ATTEMPTS, Readable, WRITE, merge},
    },
};

/// `POST` to the collection.
pub fn create_route(id: &str) -> ApiMethodRouter<App> {
    post_with(create, |op| {
        op.about(&format!("{id}_create"), "Creates a new document")
            .secured()
            .created::<Document>()
            .fails(WRITE)
            .example(example())
    })
}

/// `PUT` and `PATCH` of one document.
pub fn change_routes(id: &str) -> ApiMethodRouter<App> {
    put_with(replace, |op| {
        let op = op.about(&format!("{id}_replace"), "Replaces one document");
        changes(op).example(example())
    })
    .merge(patch_with(patch, |op| {
        let op = op.about(&format!("{id}_update"), "Patches one document");
        changes(op.patches::<DocumentInput>()).example(example())
    }))
}

fn changes(op: Op<'_>) -> Op<'_> {
    op.secured().row::<Document>().fails(WRITE).fails(CHANGE)
}

fn example() -> Value {
    json!({
        "documentTypeId": "01920000-0000-7000-8000-000000000000", "title": "My passport",
        "fileName": "passport.pdf", "fileUrl": "https://files.example.com/passport.pdf",
        "fileSizeBytes": 204_800, "mimeType": "application/pdf", "status": "ready",
        "issueDate": "2021-05-04", "expiryDate": "2031-05-03", "documentNumber": "C01X00T47",
        "notes": "The new one.",
    })
}

async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Post { input, key }: Post<DocumentInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let id = Uuid::now_v7();
        let number = input.document_number.as_deref();
        let number = number.map(|number| DocumentNumber::sealed(number, id, &app.cipher));
        let row = insert(conn, caller.id, id, &input, number).await?;
        Reply::created(uri.path(), &row.opened(&app.cipher)?)
    })
    .await
}

async fn replace(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    wanted: IfMatch,
    Valid(input): Valid<DocumentInput>,
) -> Result<Reply> {
    change(&app, &caller, place, &wanted, |_| Ok(input.clone())).await
}

async fn patch(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    change(&app, &caller, place, &wanted, |row| merge(row, &patch)).await
}

/// Writes over what it read, for only that tells whether the number is the same; starts again when the row changed in
/// between.
async fn change(
    app: &App,
    caller: &Caller,
    place: Id,
    wanted: &IfMatch,
    form: impl Fn(&Document) -> Result<DocumentInput>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    for _ in 0..PATCH_ATTEMPTS {
        let row = Document::get(&mut conn, caller.id, place).await?;
        let row = row.ok_or_else(|| Problem::not_found(Document::NAME))?.opened(&app.cipher)?;
        if !wanted.accepts(row.updated_at) {
            return Err(Problem::new(&problem::PRECONDITION_FAILED));
        }
        let input = form(&row)?;
        let known = row.document_number.as_ref();
        let number = input.document_number.as_deref();
        let number =
            number.map(|number| DocumentNumber::replaced(known, number, row.id, &app.cipher));
        if let Some(row) = update(&mut conn, caller.id, &row, &input, number).await? {
            return Reply::row(&row.opened(&app.cipher)?);
        }
    }
    Err(Problem::unavailable())
}

async fn insert(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
    input: &DocumentInput,
    number: Option<Vec<u8>>,
) -> sqlx::Result<Document> {
    sqlx::query_file_as!(
        Document,
        "sql/migratio/documents/insert.sql",
        owner,
        id,
        input.document_type_id,
        input.title,
        input.file_name,
        input.file_url,
        input.file_size_bytes,
        input.mime_type,
        input.status as _,
        input.issue_date,
        input.expiry_date,
        number,
        input.notes,
    )
    .fetch_one(conn)
    .await
}

/// The row that was written over this one; none if it has changed meanwhile.
async fn update(
    conn: &mut PgConnection,
    owner: Uuid,
    seen: &Document,
    input: &DocumentInput,
    number: Option<Vec<u8>>,
) -> sqlx::Result<Option<Document>> {
    sqlx::query_file_as!(
        Document,
        "sql/migratio/documents/update.sql",
        owner,
        seen.id,
        seen.updated_at as _,
        input.document_type_id,
        input.title,
        input.file_name,
        input.file_url,
        input.file_size_bytes,
        input.mime_type,
        input.status as _,
        input.issue_date,
        input.expiry_date,
        number,
        input.notes,
    )
    .fetch_optional(conn)
    .await
}
