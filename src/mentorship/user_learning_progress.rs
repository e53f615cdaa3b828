//! How far somebody has come on the learning paths.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with, post_with, put_with},
};
use axum::{
    extract::{OriginalUri, State},
    http::StatusCode,
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::LearningPath;
use crate::{
    App,
    database::Timestamp,
    deletable, entity,
    identity::Caller,
    listed, readable,
    rest::{
        extract::{Id, Nothing, Path, Post},
        idempotency,
        openapi::{Describe, Op},
        page::Page,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Readable, WRITE},
        validation::rules::slug,
    },
};

/// How far the user has come on a learning path.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningProgress {
    /// Id.
    pub id: Uuid,
    /// The learning path.
    pub path_id: Uuid,
    /// The ids of the modules completed, in the order in which they were.
    pub completed_modules: Vec<String>,
    /// Progress in percent: the share of the path's modules completed, rounded down.
    pub progress: i32,
    /// When the user started.
    pub started_at: Timestamp,
    /// When the progress became 100; null while it is not.
    pub completed_at: Option<Timestamp>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

entity!(LearningProgress);
readable! {
    LearningProgress, "progress on this learning path",
    at: |path: Id| [path.id],
    get: "sql/mentorship/user_learning_progress/get.sql",
}
listed!(LearningProgress, "sql/mentorship/user_learning_progress/list.sql");
deletable! {
    LearningProgress, at: |path: Id| [path.id], "sql/mentorship/user_learning_progress/delete.sql"
}

/// Which module of which learning path.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct ModulePath {
    /// The learning path's id.
    id: Uuid,
    /// The module's id.
    module_id: String,
}

/// Everything under `/learning-paths/{id}/progress`, and the list of it all.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(resource::list::<LearningProgress>, |op| {
        describe(op, "list", "Lists, newest first, your progress on every learning path")
            .ok::<Page<LearningProgress>>()
            .fails(&[&problem::MALFORMED])
    });
    let start = post_with(start, |op| {
        describe(
            op,
            "start",
            "Starts a learning path, unless you have: 200 and your progress as it is",
        )
        .row::<LearningProgress>()
        .created::<LearningProgress>()
        .fails(WRITE)
        .fails(&[&problem::NOT_FOUND])
    });
    let get = get_with(resource::get::<LearningProgress>, |op| {
        describe(op, "get", "Reads your progress on a learning path")
            .row::<LearningProgress>()
            .fails(&[&problem::NOT_FOUND])
    });
    let give_up = delete_with(resource::delete::<LearningProgress>, |op| {
        describe(op, "delete", "Gives a learning path up, and forgets your progress on it")
            .no_content()
            .fails(&[&problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
    });
    let complete = put_with(complete, |op| {
        describe(op, "complete", "Completes a module, and starts its path where you have not")
            .row::<LearningProgress>()
            .fails(&[&problem::NOT_FOUND, &problem::VALIDATION])
    });
    ApiRouter::new()
        .api_route("/learning-progress", list)
        .api_route("/learning-paths/{id}/progress", get.merge(start).merge(give_up))
        .api_route("/learning-paths/{id}/progress/modules/{moduleId}", complete)
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("mentorship_learning_progress_{verb}"), summary).secured()
}

async fn start(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(path): Path<Id>,
    Post { input: Nothing {}, key }: Post<Nothing>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let Some(started) = started(conn, caller.id, path.id).await? else {
            return under_way(conn, caller.id, path).await;
        };
        let location = Some(uri.path().to_owned());
        Ok(Reply { status: StatusCode::CREATED, location, ..Reply::row(&started)? })
    })
    .await
}

async fn started(
    conn: &mut PgConnection,
    owner: Uuid,
    path: Uuid,
) -> sqlx::Result<Option<LearningProgress>> {
    sqlx::query_file_as!(
        LearningProgress,
        "sql/mentorship/user_learning_progress/start.sql",
        owner,
        path
    )
    .fetch_optional(conn)
    .await
}

async fn complete(
    State(app): State<App>,
    caller: Caller,
    Path(ModulePath { id, module_id }): Path<ModulePath>,
) -> Result<Reply> {
    if slug(&module_id).is_err() {
        let message = "must be a module of the learning path";
        return Err(Problem::invalid("/moduleId", "check", message));
    }
    let mut conn = app.pool.get().await?;
    match completed(&mut conn, caller.id, id, &module_id).await? {
        Some(progress) => Reply::row(&progress),
        None => under_way(&mut conn, caller.id, Id { id }).await,
    }
}

async fn completed(
    conn: &mut PgConnection,
    owner: Uuid,
    path: Uuid,
    module: &str,
) -> sqlx::Result<Option<LearningProgress>> {
    sqlx::query_file_as!(
        LearningProgress,
        "sql/mentorship/user_learning_progress/complete.sql",
        owner,
        path,
        module,
    )
    .fetch_optional(conn)
    .await
}

/// Nothing was written: the progress as it is, or else there is no such path.
async fn under_way(conn: &mut PgConnection, owner: Uuid, path: Id) -> Result<Reply> {
    match LearningProgress::get(conn, owner, path).await? {
        Some(progress) => Reply::row(&progress),
        None => Err(Problem::not_found(LearningPath::NAME)),
    }
}
