//! The list of jobs: filtered, searched, and sorted in four ways, each with its own keyset.

use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Job, JobStatus, JobType, WorkMode};
use crate::{
    App,
    database::{Timestamp, literal},
    filters,
    identity::Caller,
    rest::{
        extract::{Params, several},
        page::{Page, Position},
        problem::Result,
        reply::Reply,
    },
};

filters! {
    /// Which jobs are wanted, and in which order; a cursor belongs to its `sort`.
    JobParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<JobStatus>,
        /// Only this mode of work.
        pub work_mode: Option<WorkMode>,
        /// Only this kind of employment.
        pub job_type: Option<JobType>,
        /// Only those with this label.
        #[validate(length(min = 1, max = 1000))]
        pub tag: Option<String>,
        /// Only those with this text in title, company, description or location, in whatever case.
        #[validate(length(min = 1, max = 200))]
        pub q: Option<String>,
        /// The order; what has no value comes last.
        #[serde(default)]
        pub sort: JobSort,
    }
}

/// Orders of the list; `-` is descending.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
pub enum JobSort {
    /// Newest first.
    #[default]
    #[serde(rename = "-createdAt")]
    CreatedAt,
    /// Last applied first.
    #[serde(rename = "-appliedAt")]
    AppliedAt,
    /// Best match first.
    #[serde(rename = "-matchScore")]
    MatchScore,
    /// Soonest deadline first.
    #[serde(rename = "applicationDeadline")]
    ApplicationDeadline,
}

pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<JobParams>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let page = match params.sort {
        JobSort::CreatedAt => by_created_at(&mut conn, caller.id, &params).await,
        JobSort::AppliedAt => by_applied_at(&mut conn, caller.id, &params).await,
        JobSort::MatchScore => by_match_score(&mut conn, caller.id, &params).await,
        JobSort::ApplicationDeadline => by_deadline(&mut conn, caller.id, &params).await,
    };
    Reply::json(&page?)
}

async fn by_created_at(
    conn: &mut PgConnection,
    owner: Uuid,
    params: &JobParams,
) -> Result<Page<Job>> {
    let position = Position::<Uuid>::of(params)?;
    let rows = sqlx::query_file_as!(
        Job,
        "sql/coach/jobs/list.sql",
        owner,
        position.after,
        position.rows,
        &params.status as _,
        params.work_mode as _,
        params.job_type as _,
        params.tag,
        params.pattern(),
    )
    .fetch_all(conn)
    .await?;
    Ok(position.page(rows, |job| job.id))
}

/// A sort by a column that may be null: the page's cursor is that column and the id, and its file
/// takes the column's last value after the filters. The cursors' fields differ, so that none is
/// taken for another's.
macro_rules! sorted {
    ($page:ident, $cursor:ident { $column:ident: $value:ty }, $file:literal) => {
        #[derive(Debug, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct $cursor {
            id: Uuid,
            $column: Option<$value>,
        }

        async fn $page(
            conn: &mut PgConnection,
            owner: Uuid,
            params: &JobParams,
        ) -> Result<Page<Job>> {
            let position = Position::<$cursor>::of(params)?;
            let after = position.after.as_ref();
            let rows = sqlx::query_file_as!(
                Job,
                $file,
                owner,
                after.map(|last| last.id),
                position.rows,
                &params.status as _,
                params.work_mode as _,
                params.job_type as _,
                params.tag,
                params.pattern(),
                after.and_then(|last| last.$column),
            )
            .fetch_all(conn)
            .await?;
            Ok(position.page(rows, |job| $cursor { id: job.id, $column: job.$column }))
        }
    };
}

sorted!(
    by_applied_at,
    ByAppliedAt { applied_at: Timestamp },
    "sql/coach/jobs/list_by_applied_at.sql"
);
sorted!(
    by_match_score,
    ByMatchScore { match_score: i32 },
    "sql/coach/jobs/list_by_match_score.sql"
);
sorted!(
    by_deadline,
    ByDeadline { application_deadline: Timestamp },
    "sql/coach/jobs/list_by_application_deadline.sql"
);

impl JobParams {
    /// The text searched for as a pattern of LIKE, in which it stands for itself.
    fn pattern(&self) -> Option<String> {
        Some(format!("%{}%", literal(self.q.as_deref()?)))
    }
}
