//! Kinds of documents that authorities ask for: a catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{WRITERS, rules::media_types};
use crate::{
    catalogue,
    database::Timestamp,
    filters, jsonb,
    rest::{
        page::Position,
        resource::Listed,
        validation::rules::{code, lines, url},
    },
};

/// A kind of document that authorities ask for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MigratioDocumentType")]
pub struct DocumentType {
    /// Id.
    pub id: Uuid,
    /// What programs call it.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What kind it is: identity, education, employment, financial, …
    pub category: String,
    /// The media types that its files may have; empty: any.
    pub accepted_file_types: Vec<String>,
    /// How large its files may be, in bytes; null: a gibibyte.
    pub max_file_size_bytes: Option<i64>,
    /// Whether it is good until a day that it names.
    pub expires: bool,
    /// How many months it is good after it was issued; null: as it says itself, or for ever.
    pub validity_months: Option<i32>,
    /// How to get it.
    pub guidance: Guidance,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`DocumentType`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MigratioDocumentTypeInput")]
pub struct DocumentTypeInput {
    /// What programs call it, once: a letter, then letters, digits, `_`, `.`, `-`; at most 64.
    #[validate(custom(function = "code"))]
    pub code: String,
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// What kind it is: identity, education, employment, financial, …
    #[validate(length(min = 1, max = 200))]
    pub category: String,
    /// The media types that its files may have, at most 20; empty: any.
    #[serde(default)]
    #[validate(custom(function = "media_types"))]
    pub accepted_file_types: Vec<String>,
    /// How large its files may be, in bytes, at most a gibibyte.
    #[validate(range(min = 1, max = 1_073_741_824))]
    pub max_file_size_bytes: Option<i64>,
    /// Whether it is good until a day that it names.
    #[serde(default)]
    pub expires: bool,
    /// How many months it is good after it was issued, 1 to 600.
    #[validate(range(min = 1, max = 600))]
    pub validity_months: Option<i32>,
    /// How to get it.
    #[serde(default)]
    #[validate(nested)]
    pub guidance: Guidance,
}

/// How to get a document.
#[derive(Debug, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "DocumentGuidance")]
pub struct Guidance {
    /// What it is.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What to look out for.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub tips: Vec<String>,
    /// Where one is shown.
    #[validate(custom(function = "url"))]
    pub sample_url: Option<String>,
    /// Who issues it.
    #[validate(length(min = 1, max = 200))]
    pub issuing_authority: Option<String>,
}

filters! {
    /// Which kinds of documents are wanted.
    DocumentTypeParams {
        /// Only this category.
        #[validate(length(min = 1, max = 200))]
        pub category: Option<String>,
    }
}

jsonb!(Guidance);

catalogue! {
    DocumentType, DocumentTypeInput, "document type", writers: WRITERS,
    get: "sql/migratio/document_types/get.sql",
    insert: "sql/migratio/document_types/insert.sql",
    update: "sql/migratio/document_types/update.sql",
    delete: "sql/migratio/document_types/delete.sql",
    columns: |input| [
        input.code, input.name, input.category, &input.accepted_file_types,
        input.max_file_size_bytes, input.expires, input.validity_months, &input.guidance as _,
    ],
    example: {
        "code": "passport", "name": "Passport", "category": "identity",
        "acceptedFileTypes": ["application/pdf", "image/jpeg"], "maxFileSizeBytes": 10_485_760,
        "expires": true, "validityMonths": 120,
        "guidance": {
            "description": "A passport that is good for the whole stay.",
            "tips": ["Renew it before it has less than six months left."],
            "issuingAuthority": "The authorities of the country you are a citizen of",
        },
    },
}

/// Of one category or of all; each way has its index.
impl Listed for DocumentType {
    type Params = DocumentTypeParams;

    async fn list(
        conn: &mut PgConnection,
        _reader: Uuid,
        position: &Position<Uuid>,
        params: &DocumentTypeParams,
    ) -> sqlx::Result<Vec<Self>> {
        let Position { after, rows } = *position;
        match &params.category {
            Some(category) => of_category(conn, after, rows, category).await,
            None => {
                sqlx::query_file_as!(Self, "sql/migratio/document_types/list.sql", after, rows)
                    .fetch_all(conn)
                    .await
            }
        }
    }
}

async fn of_category(
    conn: &mut PgConnection,
    after: Option<Uuid>,
    rows: i64,
    category: &str,
) -> sqlx::Result<Vec<DocumentType>> {
    sqlx::query_file_as!(
        DocumentType,
        "sql/migratio/document_types/list_by_category.sql",
        after,
        rows,
        category,
    )
    .fetch_all(conn)
    .await
}
