//! Documents kept with a job: letters, portfolios, transcripts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    crud,
    database::Timestamp,
    filters, nested,
    rest::validation::rules::{media_type, url},
};

/// A document kept with a job.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Document {
    /// Id.
    pub id: Uuid,
    /// The job.
    pub job_id: Uuid,
    /// What it is.
    pub document_type: DocumentType,
    /// What the user calls it.
    pub title: String,
    /// Name of the file.
    pub file_name: String,
    /// Where the file is kept.
    pub file_url: Option<String>,
    /// Size of the file in bytes.
    pub file_size: i32,
    /// Media type of the file.
    pub mime_type: String,
    /// What the user says of it.
    pub description: Option<String>,
    /// The file's text.
    pub content: Option<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Document`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentInput {
    /// The job.
    pub job_id: Uuid,
    /// What it is.
    pub document_type: DocumentType,
    /// What the user calls it.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// Name of the file.
    #[validate(length(min = 1, max = 200))]
    pub file_name: String,
    /// Where the file is kept.
    #[validate(custom(function = "url"))]
    pub file_url: Option<String>,
    /// Size of the file in bytes, at most 10 MiB.
    #[validate(range(min = 0, max = 10_485_760))]
    pub file_size: i32,
    /// Media type of the file (RFC 6838).
    #[validate(custom(function = "media_type"))]
    pub mime_type: String,
    /// What the user says of it.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// The file's text.
    #[validate(length(max = 200_000))]
    pub content: Option<String>,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[sqlx(type_name = "coach.document_type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DocumentType {
    /// A résumé made for this job.
    Resume,
    /// A letter.
    CoverLetter,
    /// Works.
    Portfolio,
    /// Grades.
    Transcript,
    /// What others say of the user.
    Reference,
    /// Something else.
    Other,
}

nested!(Document);

filters! {
    /// Which documents are wanted.
    DocumentParams {
        /// Only those kept with this job.
        pub job_id: Option<Uuid>,
        /// Only those of this type.
        pub document_type: Option<DocumentType>,
    }
}

crud! {
    Document, DocumentInput, "document",
    list: "sql/coach/documents/list.sql",
    filters: |params: DocumentParams| [params.job_id, params.document_type as _],
    get: "sql/coach/documents/get.sql",
    insert: "sql/coach/documents/insert.sql",
    update: "sql/coach/documents/update.sql",
    delete: "sql/coach/documents/delete.sql",
    columns: |input| [
        input.job_id, input.document_type as _, input.title, input.file_name, input.file_url,
        input.file_size, input.mime_type, input.description, input.content,
    ],
    example: {
        "jobId": "01920000-0000-7000-8000-000000000000", "documentType": "COVER_LETTER",
        "title": "Letter to Acme", "fileName": "acme.pdf",
        "fileUrl": "https://files.example.com/acme.pdf", "fileSize": 20480,
        "mimeType": "application/pdf", "description": "The second draft.",
    },
}
