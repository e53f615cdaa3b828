//! A new session: the mentor proposes it, or the mentee requests it.

use aide::axum::routing::{ApiMethodRouter, post_with};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Session, SessionInput, SessionStatus};
use crate::{
    App,
    identity::Caller,
    mentorship::side::{MENTEES, MENTORS},
    rest::{
        extract::Post,
        idempotency,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::WRITE,
    },
};

/// Who meets, and how far the session is at first.
#[derive(Debug, Clone, Copy)]
struct Sides {
    mentor: Uuid,
    mentee: Uuid,
    status: SessionStatus,
}

/// `POST` of `/sessions`.
pub fn route() -> ApiMethodRouter<App> {
    post_with(create, |op| {
        op.about(
            "mentorship_sessions_create",
            "Proposes a session as its mentor, or requests one as its mentee",
        )
        .secured()
        .created::<Session>()
        .fails(WRITE)
        .fails(&[&problem::FORBIDDEN])
        .example(json!({
            "menteeId": "01920000-0000-7000-8000-000000000000", "title": "First steps as a lead",
            "agenda": "Delegation; one-on-ones.", "date": "2027-03-01T09:00:00Z", "duration": 45,
            "meetingLink": "https://meet.example.com/ann-bob",
        }))
    })
}

async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Post { input, key }: Post<SessionInput>,
) -> Result<Response> {
    let sides = sides(&caller, &input)?;
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        Reply::created(uri.path(), &insert(conn, caller.id, sides, &input).await?)
    })
    .await
}

/// The caller has a role for the side that they take; the database asks the same of the other.
fn sides(caller: &Caller, input: &SessionInput) -> Result<Sides> {
    let other = |person: Option<Uuid>| person.filter(|person| *person != caller.id);
    match (other(input.mentor_id), other(input.mentee_id)) {
        (None, Some(mentee)) => {
            caller.require(MENTORS)?;
            Ok(Sides { mentor: caller.id, mentee, status: SessionStatus::Proposed })
        }
        (Some(mentor), None) => {
            caller.require(MENTEES)?;
            Ok(Sides { mentor, mentee: caller.id, status: SessionStatus::Requested })
        }
        (Some(_), Some(_)) => Err(Problem::invalid(
            "/menteeId",
            "caller",
            "must be you where somebody else is the mentor",
        )),
        (None, None) if input.mentor_id.is_none() && input.mentee_id.is_some() => {
            Err(Problem::invalid("/mentorId", "other", "must be somebody else"))
        }
        (None, None) => Err(Problem::invalid("/menteeId", "other", "must be somebody else")),
    }
}

async fn insert(
    conn: &mut PgConnection,
    actor: Uuid,
    sides: Sides,
    input: &SessionInput,
) -> sqlx::Result<Session> {
    sqlx::query_file_as!(
        Session,
        "sql/mentorship/sessions/insert.sql",
        actor,
        sides.mentor,
        sides.mentee,
        sides.status as _,
        input.title,
        input.description,
        input.agenda,
        input.date as _,
        input.duration,
        input.meeting_link,
    )
    .fetch_one(conn)
    .await
}
