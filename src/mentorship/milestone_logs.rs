//! Milestones: what a mother wants to remember.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use crate::{
    crud,
    database::Timestamp,
    filters,
    rest::{page::Position, resource::Listed, validation::rules::moment},
};

/// Something that the user wants to remember: a first step, the first day back.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MilestoneLog {
    /// Id.
    pub id: Uuid,
    /// What kind it is, in the user's words.
    pub r#type: String,
    /// What happened.
    pub title: String,
    /// More about it.
    pub notes: Option<String>,
    /// When it happened.
    pub date: Timestamp,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`MilestoneLog`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MilestoneLogInput {
    /// What kind it is, in the user's words.
    #[validate(length(min = 1, max = 200))]
    pub r#type: String,
    /// What happened.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// More about it.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
    /// When it happened.
    #[validate(custom(function = "moment"))]
    pub date: Timestamp,
}

filters! {
    /// Which milestones are wanted.
    MilestoneLogParams {
        /// Only this type.
        pub r#type: Option<String>,
    }
}

crud! {
    MilestoneLog, MilestoneLogInput, "milestone",
    get: "sql/mentorship/milestone_logs/get.sql",
    insert: "sql/mentorship/milestone_logs/insert.sql",
    update: "sql/mentorship/milestone_logs/update.sql",
    delete: "sql/mentorship/milestone_logs/delete.sql",
    columns: |input| [input.r#type, input.title, input.notes, input.date as _],
    example: {
        "type": "work", "title": "First day back", "notes": "The team had kept my desk.",
        "date": "2026-09-01T08:30:00Z",
    },
}

/// Of one type or of all; each way has its index.
impl Listed for MilestoneLog {
    type Params = MilestoneLogParams;

    async fn list(
        conn: &mut PgConnection,
        owner: Uuid,
        position: &Position<Uuid>,
        params: &MilestoneLogParams,
    ) -> sqlx::Result<Vec<Self>> {
        let Position { after, rows } = *position;
        if let Some(of) = &params.r#type {
            return of_type(conn, owner, after, rows, of).await;
        }
        sqlx::query_file_as!(Self, "sql/mentorship/milestone_logs/list.sql", owner, after, rows)
            .fetch_all(conn)
            .await
    }
}

async fn of_type(
    conn: &mut PgConnection,
    owner: Uuid,
    after: Option<Uuid>,
    rows: i64,
    of: &str,
) -> sqlx::Result<Vec<MilestoneLog>> {
    sqlx::query_file_as!(
        MilestoneLog,
        "sql/mentorship/milestone_logs/list_by_type.sql",
        owner,
        after,
        rows,
        of,
    )
    .fetch_all(conn)
    .await
}
