//! `PATCH /career-goals/{id}/milestones/{index}`: one milestone, changed where it stands.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{CareerGoal, Milestone};
use crate::{
    App,
    identity::Caller,
    rest::{
        etag::IfMatch,
        extract::{Id, MergePatch, Path},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{Readable, Versions, merge},
    },
};

/// Which milestone of which goal.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct MilestonePath {
    /// The goal's id.
    id: Uuid,
    /// The milestone's place in the goal's list; the first is 0.
    index: u16,
}

pub async fn patch(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<MilestonePath>,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    let changes = changes(&patch)?;
    let mut conn = app.pool.get().await?;
    match change(&mut conn, caller.id, &place, wanted.versions(), &changes).await? {
        Some(goal) => Reply::row(&goal),
        None => Err(refusal(&mut conn, caller.id, &place).await?),
    }
}

/// What the patch makes of the fields that it names. They do not depend on each other, so that the
/// milestone itself need not be read.
fn changes(patch: &Value) -> Result<Value> {
    let any = Milestone { title: "any".to_owned(), completed: false, due_date: None };
    let patched: Milestone = merge(&any, patch)?;
    let mut changes = serde_json::to_value(patched).map_err(|error| Problem::internal(&error))?;
    if let Value::Object(fields) = &mut changes {
        fields.retain(|name, _| patch.get(name).is_some());
    }
    Ok(changes)
}

async fn change(
    conn: &mut PgConnection,
    owner: Uuid,
    place: &MilestonePath,
    versions: Versions<'_>,
    changes: &Value,
) -> sqlx::Result<Option<CareerGoal>> {
    sqlx::query_file_as!(
        CareerGoal,
        "sql/coach/career_goals/milestone.sql",
        owner,
        place.id,
        versions as _,
        i32::from(place.index),
        changes,
    )
    .fetch_optional(conn)
    .await
}

/// Why no milestone was changed.
async fn refusal(conn: &mut PgConnection, owner: Uuid, place: &MilestonePath) -> Result<Problem> {
    let goal = CareerGoal::get(conn, owner, Id { id: place.id }).await?;
    Ok(match goal {
        Some(goal) if usize::from(place.index) < goal.milestones.len() => {
            Problem::new(&problem::PRECONDITION_FAILED)
        }
        Some(_) => Problem::not_found("milestone"),
        None => Problem::not_found(CareerGoal::NAME),
    })
}
