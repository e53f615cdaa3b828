//! `POST /imports`: what is to be imported.

use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::{ImportSource, Imports, SkillImport};
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::Post,
        idempotency,
        problem::{Problem, Result},
        reply::Reply,
        validation::rules::{broken, broken_at, document},
    },
    server::worker::Queue,
    smatrx::SkillLevel,
};

/// The longest text, in bytes.
const TEXT_LIMIT: usize = 1024 * 1024;

/// The largest body: JSON may write each byte of a text in six, as `\u001f`, and has a little to say besides.
pub const BODY_LIMIT: usize = 6 * TEXT_LIMIT + 4096;

/// What is to be imported: a text, or items.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "either"))]
pub struct ImportInput {
    /// Where the skills come from.
    pub source: ImportSource,
    /// A plain text, such as a résumé, of at most 1 MiB in UTF-8. Every skill of the catalogue that it mentions, but no
    /// more than the first 1,000, is recorded as `beginner`.
    #[validate(custom(function = "fits"))]
    pub text: Option<String>,
    /// The skills by name.
    #[validate(length(min = 1, max = 1000), nested)]
    pub items: Option<Vec<ImportItem>>,
}

/// A skill to be recorded.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportItem {
    /// Its name in the catalogue, in whatever case.
    #[validate(length(min = 1, max = 200))]
    pub skill: String,
    /// How well it is mastered; `beginner` where it is absent.
    pub level: Option<SkillLevel>,
    /// For how many years it has been used.
    #[validate(range(min = 0, max = 80))]
    pub years_experience: Option<i32>,
    /// What proves it: any JSON object of at most 64 KiB.
    #[validate(custom(function = "document"))]
    pub evidence: Option<Map<String, Value>>,
}

fn fits(text: &str) -> Result<(), ValidationError> {
    if (1..=TEXT_LIMIT).contains(&text.len()) {
        return Ok(());
    }
    Err(broken("length", "must be 1 byte to 1 MiB of UTF-8"))
}

fn either(input: &ImportInput) -> Result<(), ValidationError> {
    match (&input.text, &input.items) {
        (Some(_), None) | (None, Some(_)) => Ok(()),
        (None, None) => Err(broken_at("text", "either", "is required, unless items are given")),
        (Some(_), Some(_)) => Err(broken_at("text", "either", "must be absent with items")),
    }
}

/// Puts an import into the queue.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Post { input, key }: Post<ImportInput>,
) -> Result<Response> {
    let response =
        idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
            match insert(conn, caller.id, &input).await? {
                Some(import) => Reply::accepted(uri.path(), &import),
                None => Err(Problem::invalid("/items", "document", "has evidence over 64 KiB")),
            }
        })
        .await?;
    app.bells.ring(Imports::NAME);
    Ok(response)
}

/// The new import; none when some evidence is too long.
async fn insert(
    conn: &mut PgConnection,
    owner: Uuid,
    input: &ImportInput,
) -> sqlx::Result<Option<SkillImport>> {
    sqlx::query_file_as!(
        SkillImport,
        "sql/smatrx/skill_imports/insert.sql",
        owner,
        input.source as _,
        input.text,
        input.items.as_ref().map(Json) as _,
    )
    .fetch_optional(conn)
    .await
}
