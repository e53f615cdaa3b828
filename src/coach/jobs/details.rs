//! `GET /jobs/{id}/details`: a job with what hangs on it.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{Job, StatusChange};
use crate::{
    App,
    coach::{Application, Document, Interview},
    database::Timestamp,
    identity::Caller,
    rest::{
        extract::{Id, Path},
        problem::{Problem, Result},
        reply::{Entity, Reply},
    },
};

/// A job with its applications, interviews, documents and the timeline of its status.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobDetails {
    /// The job.
    #[serde(flatten)]
    pub job: Job,
    /// Its newest 100 applications, newest first.
    pub applications: Vec<Application>,
    /// Its newest 100 interviews, newest first.
    pub interviews: Vec<Interview>,
    /// Its newest 100 documents, newest first.
    pub documents: Vec<Document>,
    /// The newest 100 changes of its status, newest first.
    pub status_changes: Vec<StatusChange>,
}

impl Entity for JobDetails {
    fn id(&self) -> Uuid {
        self.job.id
    }

    fn version(&self) -> Timestamp {
        self.job.updated_at
    }
}

/// The tag is the job's, for `If-Match`. It says nothing of what hangs on it, so there is no 304.
pub async fn details(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let details = sqlx::query_file_as!(JobDetails, "sql/coach/jobs/details.sql", caller.id, id)
        .fetch_optional(&mut *conn)
        .await?;
    Reply::row(&details.ok_or_else(|| Problem::not_found("job"))?)
}
