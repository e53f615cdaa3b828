//! Documents that somebody has for an application, and what consultants say to them. Numbers of documents are their
//! owner's alone.

mod expiring;
mod number;
mod verification;
mod write;

pub use number::DocumentNumber;
pub use verification::{DocumentToVerify, VerificationStatus};

use aide::axum::ApiRouter;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    App,
    database::Timestamp,
    deletable, encrypted, entity, filters,
    identity::secrets::cipher::Cipher,
    listed, readable,
    registry::EncryptedColumn,
    rest::{
        extract::Id,
        problem::Result,
        resource,
        validation::rules::{broken_at, date, media_type, url},
    },
};

// Neither type can be written down by mistake: both do without `Debug`.

/// A document that somebody has for an application. The file is kept elsewhere.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MigratioDocument")]
pub struct Document {
    /// Id.
    pub id: Uuid,
    /// What kind of document it is.
    pub document_type_id: Uuid,
    /// What that kind is called.
    pub document_type_name: String,
    /// What the user calls it.
    pub title: String,
    /// Name of the file.
    pub file_name: String,
    /// Where the file is.
    pub file_url: Option<String>,
    /// Size of the file in bytes.
    pub file_size_bytes: i64,
    /// Media type of the file.
    pub mime_type: String,
    /// What the user has done with it.
    pub status: DocumentStatus,
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
    /// Its number, for its owner alone.
    #[schemars(with = "Option<String>")]
    pub document_number: Option<DocumentNumber>,
    /// Notes.
    pub notes: Option<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Document`].
#[derive(Clone, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MigratioDocumentInput")]
#[validate(schema(function = "ordered"))]
pub struct DocumentInput {
    /// What kind of document it is.
    pub document_type_id: Uuid,
    /// What you call it.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// Name of the file.
    #[validate(length(min = 1, max = 200))]
    pub file_name: String,
    /// Where the file is; absent while it is nowhere.
    #[validate(custom(function = "url"))]
    pub file_url: Option<String>,
    /// Size of the file in bytes, at most 1 GiB, and no more than its kind allows.
    #[validate(range(min = 1, max = 1_073_741_824))]
    pub file_size_bytes: i64,
    /// Media type of the file (RFC 6838), one that its kind accepts.
    #[validate(custom(function = "media_type"))]
    pub mime_type: String,
    /// What you have done with it.
    #[serde(default)]
    pub status: DocumentStatus,
    /// When it was issued.
    #[validate(custom(function = "date"))]
    pub issue_date: Option<NaiveDate>,
    /// The last day on which it is good, not before the one on which it was issued; absent: as long as its kind is.
    #[validate(custom(function = "date"))]
    pub expiry_date: Option<NaiveDate>,
    /// Its number; nobody else reads it.
    #[validate(length(min = 1, max = 200))]
    pub document_number: Option<String>,
    /// Notes.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
}

/// What somebody has done with a document.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "migratio.document_status", rename_all = "snake_case")]
pub enum DocumentStatus {
    /// It is not finished.
    #[default]
    Draft,
    /// It can be sent.
    Ready,
    /// It was sent.
    Submitted,
    /// It is not needed any longer.
    Archived,
}

fn ordered(document: &DocumentInput) -> Result<(), ValidationError> {
    match (document.issue_date, document.expiry_date) {
        (Some(issued), Some(expires)) if expires < issued => {
            Err(broken_at("expiryDate", "order", "must not be before issueDate"))
        }
        _ => Ok(()),
    }
}

impl Document {
    /// With its number in plain text.
    fn opened(mut self, cipher: &Cipher) -> Result<Self> {
        if let Some(number) = &mut self.document_number {
            number.open(self.id, cipher)?;
        }
        Ok(self)
    }
}

filters! {
    /// Which documents are wanted.
    #[schemars(rename = "MigratioDocumentParams")]
    DocumentParams {
        /// Only those of this status.
        pub status: Option<DocumentStatus>,
        /// Only those of this kind.
        pub document_type_id: Option<Uuid>,
    }
}

entity!(Document, words: ["documentNumber"]);
readable! {
    Document, "document",
    opened: Document::opened,
    at: |place: Id| [place.id],
    get: "sql/migratio/documents/get.sql",
}
listed! {
    Document, "sql/migratio/documents/list.sql",
    |params: DocumentParams| [params.status as _, params.document_type_id]
}
deletable!(Document, at: |place: Id| [place.id], "sql/migratio/documents/delete.sql");

/// What documents keep encrypted.
pub const ENCRYPTED: &[EncryptedColumn] = encrypted! {
    "migratio.documents", ["document_number"],
    read: "sql/migratio/documents/sealed.sql",
    write: "sql/migratio/documents/reseal.sql",
};

/// Everything under `/documents`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "migratio_documents";
    let list = resource::list_route::<Document>(ID);
    let one = resource::get_route::<Document>(ID);
    let delete = resource::delete_route::<Document>(ID);
    ApiRouter::new()
        .api_route("/documents", list.merge(write::create_route(ID)))
        .api_route("/documents/{id}", one.merge(write::change_routes(ID)).merge(delete))
        .merge(expiring::routes())
        .merge(verification::routes())
}
