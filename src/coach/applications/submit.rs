//! `POST /applications/{id}/submit`.

use axum::{extract::State, response::Response};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Application;
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Id, Nothing, Path, Post},
        idempotency,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::missing_or,
    },
};

pub async fn submit(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    Post { key, .. }: Post<Nothing>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        match submit_draft(conn, caller.id, place.id).await? {
            Some(application) => Reply::row(&application),
            None => {
                let done = Problem::new(&problem::CONFLICT).detail("it was submitted already");
                Err(missing_or::<Application>(conn, caller.id, place, done).await?)
            }
        }
    })
    .await
}

/// The application as it was sent, if it was a draft.
async fn submit_draft(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
) -> sqlx::Result<Option<Application>> {
    sqlx::query_file_as!(Application, "sql/coach/applications/submit.sql", owner, id)
        .fetch_optional(conn)
        .await
}
