//! Data that nobody typed must be such as people could have made.

mod contents;
mod demo;
mod reference;
mod volume;

use serde_json::{Value, json};
use trellis::seed::DEMO_PASSWORD;
use uuid::Uuid;

use crate::support::{Caller, TestApp, User};

/// Changes of status that do not follow the one before, or come before it, or have yet to come.
const BROKEN_CHANGES: &str = "
    select count(*)
    from (
      select from_status, to_status, changed_at,
             lag(to_status) over timeline as before,
             lag(changed_at) over timeline as since,
             lag(id) over timeline as previous,
             id
      from coach.status_changes
      window timeline as (partition by user_id, job_id order by changed_at)
    ) as step
    where from_status is distinct from before
       or (before is null and to_status <> 'INTERESTED')
       or to_status <> all (coach.job_status_moves(before))
       or changed_at <= since
       or id <= previous
       or changed_at > now()";

/// Jobs whose own columns say something else than their timelines.
const BROKEN_JOBS: &str = "
    select count(*)
    from coach.jobs
    left join lateral (
      select (array_agg(to_status order by changed_at desc))[1] as status,
             min(changed_at) as noted,
             max(changed_at) as changed,
             min(changed_at) filter (where to_status = 'APPLIED') as applied
      from coach.status_changes
      where user_id = jobs.user_id
        and job_id = jobs.id
    ) as timeline on true
    where (jobs.status, jobs.created_at, jobs.updated_at) is distinct from
            (timeline.status, timeline.noted, timeline.changed)
       or jobs.applied_at is distinct from timeline.applied
       or jobs.posted_at > jobs.created_at";

/// Applications that do not fit their jobs, or their own times.
const BROKEN_APPLICATIONS: &str = "
    select count(*)
    from coach.applications
    join coach.jobs on jobs.user_id = applications.user_id and jobs.id = applications.job_id
    where applications.submitted_at is distinct from jobs.applied_at
       or applications.created_at < jobs.created_at
       or applications.response_received_at < applications.submitted_at
       or applications.updated_at < applications.created_at
       or greatest(applications.response_received_at, applications.updated_at) > now()";

/// Conversations that did not last change with their latest message, and messages out of order.
const BROKEN_CONVERSATIONS: &str = "
    select count(*)
    from (
      select conversations.created_at, conversations.updated_at, messages.created_at as said,
             lag(messages.created_at) over timeline as since,
             lag(messages.id) over timeline as previous,
             messages.id,
             max(messages.created_at) over (partition by user_id, conversations.id) as latest
      from coach.conversations
      join coach.messages using (user_id)
      where messages.conversation_id = conversations.id
      window timeline as (partition by user_id, conversations.id order by messages.created_at)
    ) as step
    where updated_at <> latest
       or said <= since
       or id <= previous
       or said < created_at
       or said > now()";

const TRIGGERS_OFF: &str = "select count(*) from pg_trigger where tgenabled <> 'O'";

/// Everything that must hold of seeded rows, whatever they are.
async fn assert_believable(app: &TestApp) {
    assert_eq!(app.count(BROKEN_CHANGES).await, 0, "changes of status");
    assert_eq!(app.count(BROKEN_JOBS).await, 0, "jobs");
    assert_eq!(app.count(BROKEN_APPLICATIONS).await, 0, "applications");
    assert_eq!(app.count(BROKEN_CONVERSATIONS).await, 0, "conversations");
    assert_eq!(app.count(TRIGGERS_OFF).await, 0, "triggers that stayed off");
}

/// Signs in as somebody who was seeded.
async fn sign_in<'a>(app: &'a TestApp, email: &str) -> User<'a> {
    let credentials = json!({"login": email, "password": DEMO_PASSWORD});
    let answer = app.anonymous().post("/v1/auth/login", &credentials).await.ok(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let id = Uuid::parse_str(answer["user"]["id"].as_str().unwrap()).unwrap();
    User { app, id, email: email.to_owned(), token: text(&answer["accessToken"]) }
}
