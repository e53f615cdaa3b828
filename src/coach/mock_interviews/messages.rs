//! `POST /mock-interviews/{id}/messages`: the rehearsal goes on.

use axum::{extract::State, response::Response};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{MockInterview, MockInterviewMessage};
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Id, Path, Post},
        idempotency,
        problem::{Problem, Result},
        reply::Reply,
    },
};

pub async fn append(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Post { input, key }: Post<MockInterviewMessage>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let mock_interview = write(conn, caller.id, id, &input).await?;
        Reply::row(&mock_interview.ok_or_else(|| Problem::not_found("mock interview"))?)
    })
    .await
}

async fn write(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
    message: &MockInterviewMessage,
) -> sqlx::Result<Option<MockInterview>> {
    sqlx::query_file_as!(
        MockInterview,
        "sql/coach/mock_interviews/append.sql",
        owner,
        id,
        message as _,
    )
    .fetch_optional(conn)
    .await
}
