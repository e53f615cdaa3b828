//! Skill imports: skills that a user has asked to be read out of a text or taken from a list. A queue.

mod create;
mod lease;
mod matching;
mod queue;

pub use create::{ImportInput, ImportItem};
pub use queue::Imports;

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with, post_with},
};
use axum::extract::{DefaultBodyLimit, State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    App,
    database::Timestamp,
    entity, filters,
    identity::Caller,
    jsonb, readable,
    rest::{
        etag::IfMatch,
        extract::{Id, Path, several},
        openapi::Describe,
        page::Position,
        problem::{self, Problem, Result},
        reply::{Entity, Reply},
        resource::{self, Listed, Readable},
    },
};

/// An import of skills: how far it has come, and what came of it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillImport {
    /// Id.
    pub id: Uuid,
    /// Where the skills come from.
    pub source: ImportSource,
    /// How far it has come.
    pub status: ImportStatus,
    /// How far it has come in percent; 100 when it is completed.
    pub progress: i32,
    /// What is being done.
    pub message: Option<String>,
    /// What came of it, once it is completed.
    pub results: Option<ImportResults>,
    /// Why it failed.
    pub error: Option<String>,
    /// When it was asked for, then when it was last begun.
    pub started_at: Timestamp,
    /// When it was completed or failed.
    pub completed_at: Option<Timestamp>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What came of an import.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportResults {
    /// The skills that were found, by name.
    pub matched: Vec<MatchedSkill>,
    /// Names of items that are not in the catalogue.
    pub unknown: Vec<String>,
    /// How many skills are new to the user.
    pub created: i32,
    /// How many skills of the user's have changed.
    pub updated: i32,
}

/// A skill that an import found.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchedSkill {
    /// The skill in the catalogue.
    pub skill_id: Uuid,
    /// What it was called then.
    pub name: String,
}

/// Where skills are imported from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "smatrx.import_source", rename_all = "lowercase")]
pub enum ImportSource {
    /// GitHub.
    Github,
    /// LinkedIn.
    Linkedin,
    /// A résumé.
    Resume,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "smatrx.import_status", rename_all = "lowercase")]
pub enum ImportStatus {
    /// Waiting for its turn.
    Pending,
    /// In the hands of a server, or waiting to be tried again.
    Processing,
    /// Done.
    Completed,
    /// Tried three times in vain.
    Failed,
}

jsonb!(ImportResults);
entity!(SkillImport);
readable! {
    SkillImport, "import",
    at: |place: Id| [place.id], get: "sql/smatrx/skill_imports/get.sql",
}

filters! {
    /// Which imports are wanted.
    SkillImportParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<ImportStatus>,
        /// Only those from there.
        pub source: Option<ImportSource>,
    }
}

/// From one source or from all; each way has its index.
impl Listed for SkillImport {
    type Params = SkillImportParams;

    async fn list(
        conn: &mut PgConnection,
        owner: Uuid,
        position: &Position<Uuid>,
        params: &SkillImportParams,
    ) -> sqlx::Result<Vec<Self>> {
        let Position { after, rows } = *position;
        let status = &params.status;
        match params.source {
            Some(source) => {
                sqlx::query_file_as!(
                    Self,
                    "sql/smatrx/skill_imports/list_by_source.sql",
                    owner,
                    after,
                    rows,
                    status as _,
                    source as _
                )
                .fetch_all(conn)
                .await
            }
            None => {
                sqlx::query_file_as!(
                    Self,
                    "sql/smatrx/skill_imports/list.sql",
                    owner,
                    after,
                    rows,
                    status as _
                )
                .fetch_all(conn)
                .await
            }
        }
    }
}

/// Everything under `/imports`.
pub fn routes() -> ApiRouter<App> {
    let create = post_with(create::create, |op| {
        op.about("smatrx_imports_create", "Asks for skills to be imported from a text or a list")
            .secured()
            .accepted::<SkillImport>()
            .fails(resource::WRITE)
            .example(serde_json::json!({
                "source": "github",
                "items": [{
                    "skill": "Rust", "level": "advanced", "yearsExperience": 6,
                    "evidence": {"repositories": 12},
                }],
            }))
    });
    let get = get_with(resource::get::<SkillImport>, |op| {
        op.about("smatrx_imports_get", "Tells how far an import has come, and what came of it")
            .secured()
            .row::<SkillImport>()
            .fails(&[&problem::NOT_FOUND])
    });
    let delete = delete_with(delete, |op| {
        op.about(
            "smatrx_imports_delete",
            "Cancels an import that waits, or forgets one that is over",
        )
        .secured()
        .no_content()
        .fails(&[&problem::NOT_FOUND, &problem::CONFLICT, &problem::PRECONDITION_FAILED])
    });
    let create = create.layer(DefaultBodyLimit::max(create::BODY_LIMIT));
    ApiRouter::new()
        .api_route("/imports", create.merge(resource::list_route::<SkillImport>("smatrx_imports")))
        .api_route("/imports/{id}", get.merge(delete))
}

async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    if remove(&mut conn, caller.id, place.id, &wanted).await?.is_some() {
        return Ok(Reply::no_content());
    }
    Err(match SkillImport::get(&mut conn, caller.id, place).await? {
        None => Problem::not_found(SkillImport::NAME),
        Some(import) if !wanted.accepts(import.version()) => {
            Problem::new(&problem::PRECONDITION_FAILED)
        }
        Some(_) => Problem::new(&problem::CONFLICT).detail("it is being processed"),
    })
}

async fn remove(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
    wanted: &IfMatch,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_file_scalar!(
        "sql/smatrx/skill_imports/delete.sql",
        owner,
        id,
        wanted.versions() as _
    )
    .fetch_optional(conn)
    .await
}
