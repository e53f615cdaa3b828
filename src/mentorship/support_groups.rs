//! Groups in which people support each other: a catalogue. Who belongs to them is in
//! [`group_memberships`](super::group_memberships).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::KEEPER;
use crate::{
    catalogue,
    database::Timestamp,
    filters,
    rest::{page::Position, resource::Listed},
};

/// A group in which people support each other.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SupportGroup {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Who it is for.
    pub description: Option<String>,
    /// How many members it has.
    pub member_count: i32,
    /// When somebody last joined or left; null: nobody yet.
    pub last_active: Option<Timestamp>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed, or somebody joined or left.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`SupportGroup`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SupportGroupInput {
    /// What it is called: once, whatever its case.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Who it is for.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
}

filters! {
    /// Which support groups are wanted.
    SupportGroupParams {
        /// True: only those that the user belongs to.
        pub joined: Option<bool>,
    }
}

catalogue! {
    SupportGroup, SupportGroupInput, "support group", writers: KEEPER,
    get: "sql/mentorship/support_groups/get.sql",
    insert: "sql/mentorship/support_groups/insert.sql",
    update: "sql/mentorship/support_groups/update.sql",
    delete: "sql/mentorship/support_groups/delete.sql",
    columns: |input| [input.name, input.description],
    example: {"name": "Back at work", "description": "The first year after parental leave."},
}

/// The groups of one user or all; each way has its index.
impl Listed for SupportGroup {
    type Params = SupportGroupParams;

    async fn list(
        conn: &mut PgConnection,
        reader: Uuid,
        position: &Position<Uuid>,
        params: &SupportGroupParams,
    ) -> sqlx::Result<Vec<Self>> {
        let Position { after, rows } = *position;
        if params.joined == Some(true) {
            return joined(conn, reader, after, rows).await;
        }
        sqlx::query_file_as!(Self, "sql/mentorship/support_groups/list.sql", after, rows)
            .fetch_all(conn)
            .await
    }
}

async fn joined(
    conn: &mut PgConnection,
    member: Uuid,
    after: Option<Uuid>,
    rows: i64,
) -> sqlx::Result<Vec<SupportGroup>> {
    sqlx::query_file_as!(
        SupportGroup,
        "sql/mentorship/support_groups/list_joined.sql",
        member,
        after,
        rows,
    )
    .fetch_all(conn)
    .await
}
