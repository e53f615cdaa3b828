//! The list of issues: one's own, or all for administrators. Each way of asking has its index.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{super::KEEPER, IssueStatus, ReportedIssue};
use crate::{
    App, filters,
    identity::Caller,
    rest::{
        extract::{Params, several},
        page::Position,
        problem::Result,
        reply::Reply,
    },
};

filters! {
    /// Which issues are wanted.
    ReportedIssueParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<IssueStatus>,
        /// Only those that you are to take care of.
        pub assigned_to: Option<Assignee>,
        /// Only those that you reported.
        #[serde(default)]
        pub mine: bool,
    }
}

/// Whose an assignment is.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "IssueAssignee")]
pub enum Assignee {
    /// The caller's.
    Me,
}

pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(mut params): Params<ReportedIssueParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    params.mine |= !caller.has(KEEPER);
    let mut conn = app.pool.get().await?;
    let rows = rows(&mut conn, caller.id, &position, &params).await?;
    Reply::json(&position.page(rows, |issue| issue.id))
}

/// By what narrows the list most.
async fn rows(
    conn: &mut PgConnection,
    reader: Uuid,
    Position { after, rows }: &Position<Uuid>,
    params: &ReportedIssueParams,
) -> sqlx::Result<Vec<ReportedIssue>> {
    let statuses = &params.status;
    match (params.assigned_to, params.mine) {
        (Some(Assignee::Me), mine) => {
            sqlx::query_file_as!(
                ReportedIssue,
                "sql/mentorship/reported_issues/list_by_assigned_to.sql",
                reader,
                *after,
                rows,
                statuses as _,
                mine
            )
            .fetch_all(conn)
            .await
        }
        (None, true) => {
            sqlx::query_file_as!(
                ReportedIssue,
                "sql/mentorship/reported_issues/list_by_user.sql",
                reader,
                *after,
                rows,
                statuses as _
            )
            .fetch_all(conn)
            .await
        }
        (None, false) => {
            sqlx::query_file_as!(
                ReportedIssue,
                "sql/mentorship/reported_issues/list.sql",
                reader,
                *after,
                rows,
                statuses as _
            )
            .fetch_all(conn)
            .await
        }
    }
}
