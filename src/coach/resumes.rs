//! Résumés: uploaded files with what was read out of them, one of them the primary one.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    jsonb, moves,
    rest::{
        extract::Nothing,
        resource,
        validation::rules::{lines, url},
    },
};

/// A résumé: the file and what was read out of it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Resume {
    /// Id.
    pub id: Uuid,
    /// What the user calls it.
    pub title: String,
    /// Name of the file.
    pub file_name: String,
    /// Where the file is kept.
    pub file_url: Option<String>,
    /// Size of the file in bytes.
    pub file_size: i32,
    /// Media type of the file.
    pub mime_type: MimeType,
    /// It is the one used unless another is named; at most one is.
    pub is_primary: bool,
    /// It is still offered for applications.
    pub is_active: bool,
    /// The file's text.
    pub raw_text: Option<String>,
    /// What was read out of it.
    pub parsed_data: Option<ParsedData>,
    /// The user's count of its revisions.
    pub version: i32,
    /// When an application was last submitted with it.
    pub last_used_at: Option<Timestamp>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Resume`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResumeInput {
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
    /// Media type of the file.
    pub mime_type: MimeType,
    /// Makes it the primary one; the one that was loses the mark.
    #[serde(default)]
    pub is_primary: bool,
    /// It is still offered for applications.
    #[serde(default = "yes")]
    pub is_active: bool,
    /// The file's text.
    #[validate(length(max = 200_000))]
    pub raw_text: Option<String>,
    /// What was read out of it.
    #[validate(nested)]
    pub parsed_data: Option<ParsedData>,
    /// The user's count of its revisions.
    #[serde(default = "first")]
    #[validate(range(min = 1))]
    pub version: i32,
}

const fn yes() -> bool {
    true
}

const fn first() -> i32 {
    1
}

/// What was read out of a résumé.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParsedData {
    /// Whose résumé it says it is.
    #[validate(length(max = 200))]
    pub name: Option<String>,
    /// The e-mail address in it, as it was read.
    #[validate(length(max = 254))]
    pub email: Option<String>,
    /// The telephone number in it, as it was read.
    #[validate(length(max = 200))]
    pub phone: Option<String>,
    /// The skills in it.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub skills: Vec<String>,
    /// The positions in it, a line each.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub experience: Vec<String>,
}

jsonb!(ParsedData);

/// Media type of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[sqlx(type_name = "text")]
pub enum MimeType {
    /// PDF.
    #[serde(rename = "application/pdf")]
    #[sqlx(rename = "application/pdf")]
    Pdf,
    /// Word up to 2003.
    #[serde(rename = "application/msword")]
    #[sqlx(rename = "application/msword")]
    Doc,
    /// Word.
    #[serde(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    #[sqlx(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    /// Plain text.
    #[serde(rename = "text/plain")]
    #[sqlx(rename = "text/plain")]
    Txt,
    /// JSON.
    #[serde(rename = "application/json")]
    #[sqlx(rename = "application/json")]
    Json,
}

crud! {
    Resume, ResumeInput, "resume",
    list: "sql/coach/resumes/list.sql",
    get: "sql/coach/resumes/get.sql",
    insert: "sql/coach/resumes/insert.sql",
    update: "sql/coach/resumes/update.sql",
    delete: "sql/coach/resumes/delete.sql",
    columns: |input| [
        input.title, input.file_name, input.file_url, input.file_size, input.mime_type as _,
        input.is_primary, input.is_active, input.raw_text, input.parsed_data as _, input.version,
    ],
    example: {
        "title": "Platform engineer", "fileName": "ann.pdf",
        "fileUrl": "https://files.example.com/ann.pdf", "fileSize": 48213,
        "mimeType": "application/pdf", "rawText": "Ann, platform engineer …",
        "parsedData": {"name": "Ann", "skills": ["Rust"], "experience": ["Engineer at Acme"]},
    },
}

moves! {
    /// A résumé takes the mark of the primary one from the other that has it.
    MakePrimary(Resume), "sql/coach/resumes/primary.sql",
    |_input: Nothing| [],
}

/// Everything under `/resumes`.
pub fn routes() -> ApiRouter<App> {
    let primary = resource::move_route::<MakePrimary>(
        "coach_resumes_primary",
        "Makes a resume the primary one",
    );
    resource::routes::<Resume>("/resumes", "coach_resumes")
        .api_route("/resumes/{id}/primary", primary)
}
