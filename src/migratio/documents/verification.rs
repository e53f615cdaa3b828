//! The verification of documents: their owner asks for it, consultants decide.

use aide::axum::{ApiRouter, routing::get_with};
use axum::{extract::State, response::Response};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::Document;
use crate::{
    App,
    database::Timestamp,
    entity,
    identity::Roles,
    moves, readable,
    rest::{
        etag::IfNoneMatch,
        extract::{Id, Nothing, Params, Path},
        openapi::Describe,
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{Readable, answer, move_route},
        validation::rules::moment,
    },
    with_role,
};

/// Who looks at the documents of others.
const CONSULTANTS: Roles = ("migratio", &["consultant", "admin"]);

with_role! {
    /// A caller who looks at the documents of others; everybody else gets 403, whatever they sent.
    Consultant: CONSULTANTS
}

/// A document of somebody's as a consultant sees it: without its number, and what its owner noted.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentToVerify {
    /// Id.
    pub id: Uuid,
    /// Whose it is.
    pub user_id: Uuid,
    /// What kind of document it is.
    pub document_type_id: Uuid,
    /// What that kind is called.
    pub document_type_name: String,
    /// What its owner calls it.
    pub title: String,
    /// Name of the file.
    pub file_name: String,
    /// Where the file is.
    pub file_url: Option<String>,
    /// Size of the file in bytes.
    pub file_size_bytes: i64,
    /// Media type of the file.
    pub mime_type: String,
    /// Whether a consultant has looked at it.
    pub verification_status: VerificationStatus,
    /// Who has decided on it.
    pub verified_by_id: Option<Uuid>,
    /// What they said to it.
    pub verification_notes: Option<String>,
    /// When it was issued.
    pub issue_date: Option<NaiveDate>,
    /// The last day on which it is good; null: it always is.
    pub expiry_date: Option<NaiveDate>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// Whether a consultant has looked at a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "migratio.verification_status", rename_all = "snake_case")]
pub enum VerificationStatus {
    /// Nobody is asked.
    Unverified,
    /// It waits for a consultant.
    Pending,
    /// It is what it says.
    Verified,
    /// It is not.
    Rejected,
}

/// What a consultant says to a document that is what it says.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentVerification {
    /// What the owner should know; they read it.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
    /// The `updatedAt` of the document that you have looked at: refused (409) if it is another by now.
    #[validate(custom(function = "moment"))]
    pub updated_at: Option<Timestamp>,
}

/// What a consultant says to a document that is not.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentRejection {
    /// Why; the owner reads it.
    #[validate(length(min = 1, max = 10_000))]
    pub notes: String,
    /// The `updatedAt` of the document that you have looked at: refused (409) if it is another by now.
    #[validate(custom(function = "moment"))]
    pub updated_at: Option<Timestamp>,
}

entity!(DocumentToVerify, words: ["title", "fileName", "fileUrl", "verificationNotes"]);
readable! {
    DocumentToVerify, "document",
    at: |place: Id| [place.id],
    get: "sql/migratio/documents/get_pending.sql",
}

moves! {
    /// A consultant shall look at it.
    RequestVerification(Document), "sql/migratio/documents/request_verification.sql",
    |_input: Nothing| [],
}
moves! {
    /// No consultant shall look at it any longer.
    Withdraw(Document), "sql/migratio/documents/withdraw.sql",
    |_input: Nothing| [],
}
moves! {
    /// It is what it says.
    Verify(DocumentToVerify), "sql/migratio/documents/verify.sql",
    |input: DocumentVerification| [input.notes, input.updated_at as _],
    by: CONSULTANTS,
    example: {"notes": "Compared with the original."},
}
moves! {
    /// It is not.
    Reject(DocumentToVerify), "sql/migratio/documents/reject.sql",
    |input: DocumentRejection| [input.notes, input.updated_at as _],
    by: CONSULTANTS,
    example: {"notes": "The second page is missing."},
}

/// What is asked and said about documents.
pub(super) fn routes() -> ApiRouter<App> {
    let list = get_with(pending, |op| {
        op.about(
            "migratio_documents_pending",
            "Lists, the oldest first, everybody's documents that wait for a consultant",
        )
        .secured()
        .ok::<Page<DocumentToVerify>>()
        .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    });
    let one = get_with(one, |op| {
        op.about("migratio_documents_pending_get", "Reads a document that waits for a consultant")
            .secured()
            .row::<DocumentToVerify>()
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
    });
    let request = move_route::<RequestVerification>(
        "migratio_documents_request_verification",
        "Asks for a document to be verified",
    );
    let withdraw = move_route::<Withdraw>(
        "migratio_documents_withdraw",
        "Asks no longer for a document to be verified",
    );
    let verify =
        move_route::<Verify>("migratio_documents_verify", "Verifies somebody else's document");
    let reject =
        move_route::<Reject>("migratio_documents_reject", "Rejects somebody else's document");
    ApiRouter::new()
        .api_route("/documents/pending", list)
        .api_route("/documents/pending/{id}", one)
        .api_route("/documents/{id}/request-verification", request)
        .api_route("/documents/{id}/withdraw", withdraw)
        .api_route("/documents/{id}/verify", verify)
        .api_route("/documents/{id}/reject", reject)
}

async fn pending(
    State(app): State<App>,
    Consultant(caller): Consultant,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        DocumentToVerify,
        "sql/migratio/documents/pending.sql",
        caller.id,
        position.after,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |last| last.id))
}

async fn one(
    State(app): State<App>,
    Consultant(caller): Consultant,
    Path(place): Path<Id>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let row = DocumentToVerify::get(&mut conn, caller.id, place).await?;
    answer(&row.ok_or_else(|| Problem::not_found(DocumentToVerify::NAME))?, &known)
}
