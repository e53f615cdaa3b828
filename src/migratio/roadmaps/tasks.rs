//! `/roadmaps/{id}/phases/{phase}/tasks`: what is to be done, changed where it stands.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, patch_with, post_with},
};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Roadmap, RoadmapAccess, RoadmapTaskInput, RoadmapTaskStatus};
use crate::{
    App,
    identity::Caller,
    migratio::PhaseName,
    rest::{
        etag::IfMatch,
        extract::{Id, MergePatch, Path, Post},
        idempotency,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{self, Readable, Versions, merge},
    },
};

/// Which phase of which roadmap.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub struct PhasePath {
    /// The roadmap.
    id: Uuid,
    /// The phase.
    phase: PhaseName,
}

/// Which task of which phase.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaskPath {
    /// The roadmap.
    id: Uuid,
    /// The phase.
    phase: PhaseName,
    /// The task.
    task_id: Uuid,
}

/// Everything under `/roadmaps/{id}/phases`.
pub(super) fn routes() -> ApiRouter<App> {
    let add = post_with(add, |op| {
        op.about("migratio_roadmaps_tasks_create", "Adds a task to a phase, as its last")
            .secured()
            .row::<Roadmap>()
            .fails(resource::WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
            .example(json!({"title": "Call the embassy", "dueDate": "2027-03-01"}))
    });
    let patch = patch_with(patch, |op| {
        op.about("migratio_roadmaps_tasks_update", "Ticks or patches one task")
            .description("The phase and the roadmap follow; other tasks stay as they are, whoever changes them.")
            .secured()
            .patches::<RoadmapTaskInput>()
            .row::<Roadmap>()
            .fails(resource::WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
            .example(json!({"status": "completed"}))
    });
    let delete = delete_with(delete, |op| {
        op.about("migratio_roadmaps_tasks_delete", "Deletes one task")
            .secured()
            .no_content()
            .fails(&[&problem::CONFLICT, &problem::FORBIDDEN, &problem::NOT_FOUND])
            .fails(&[&problem::PRECONDITION_FAILED])
    });
    ApiRouter::new()
        .api_route("/roadmaps/{id}/phases/{phase}/tasks", add)
        .api_route("/roadmaps/{id}/phases/{phase}/tasks/{taskId}", patch.merge(delete))
}

async fn add(
    State(app): State<App>,
    caller: Caller,
    Path(PhasePath { id, phase }): Path<PhasePath>,
    Post { input, key }: Post<RoadmapTaskInput>,
) -> Result<Response> {
    let task = serde_json::to_value(&input).map_err(|error| Problem::internal(&error))?;
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let roadmap = sqlx::query_file_as!(
            Roadmap,
            "sql/migratio/roadmaps/add_task.sql",
            caller.id,
            id,
            phase as _,
            task,
        )
        .fetch_optional(&mut *conn)
        .await?;
        match roadmap {
            Some(roadmap) => Reply::row(&roadmap),
            None => Err(undone(conn, caller.id, id, phase, None).await?),
        }
    })
    .await
}

async fn patch(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<TaskPath>,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    let changes = changes(&patch)?;
    let mut conn = app.pool.get().await?;
    match change(&mut conn, caller.id, place, wanted.versions(), &changes).await? {
        Some(roadmap) => Reply::row(&roadmap),
        None => {
            let TaskPath { id, phase, task_id } = place;
            Err(undone(&mut conn, caller.id, id, phase, Some(task_id)).await?)
        }
    }
}

/// What the patch makes of the fields that it names. They do not depend on each other, so that the task itself need not be
/// read.
fn changes(patch: &Value) -> Result<Value> {
    let any = RoadmapTaskInput {
        title: "any".to_owned(),
        description: None,
        status: RoadmapTaskStatus::Pending,
        due_date: None,
        notes: None,
    };
    let patched: RoadmapTaskInput = merge(&any, patch)?;
    let mut changes = serde_json::to_value(patched).map_err(|error| Problem::internal(&error))?;
    if let Value::Object(fields) = &mut changes {
        fields.retain(|name, _| patch.get(name).is_some());
    }
    Ok(changes)
}

async fn change(
    conn: &mut PgConnection,
    editor: Uuid,
    place: TaskPath,
    versions: Versions<'_>,
    changes: &Value,
) -> sqlx::Result<Option<Roadmap>> {
    sqlx::query_file_as!(
        Roadmap,
        "sql/migratio/roadmaps/update_task.sql",
        editor,
        place.id,
        place.phase as _,
        place.task_id,
        versions as _,
        changes,
    )
    .fetch_optional(conn)
    .await
}

async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(TaskPath { id, phase, task_id }): Path<TaskPath>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let roadmap = sqlx::query_file_scalar!(
        "sql/migratio/roadmaps/delete_task.sql",
        caller.id,
        id,
        phase as _,
        task_id,
        wanted.versions() as _,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match roadmap {
        Some(_) => Ok(Reply::no_content()),
        None => Err(undone(&mut conn, caller.id, id, phase, Some(task_id)).await?),
    }
}

/// Why nothing was done with a task, or with a phase.
async fn undone(
    conn: &mut PgConnection,
    editor: Uuid,
    id: Uuid,
    phase: PhaseName,
    task: Option<Uuid>,
) -> Result<Problem> {
    let Some(roadmap) = Roadmap::get(conn, editor, Id { id }).await? else {
        return Ok(Problem::not_found(Roadmap::NAME));
    };
    if roadmap.access < RoadmapAccess::Edit {
        return Ok(roadmap.access.too_little());
    }
    let Some(phase) = roadmap.phases.iter().find(|one| one.phase_name == phase) else {
        return Ok(Problem::not_found("phase"));
    };
    Ok(match task {
        Some(task) if phase.tasks.iter().all(|one| one.id != task) => Problem::not_found("task"),
        _ => Problem::new(&problem::PRECONDITION_FAILED),
    })
}
