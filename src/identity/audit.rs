//! The audit log, for platform administrators.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::Admin;
use crate::{
    App,
    database::Timestamp,
    filters,
    rest::{
        extract::Params,
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
        validation::rules::moment,
    },
};

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "audit.action", rename_all = "snake_case")]
pub enum Action {
    /// It was made.
    Insert,
    /// It was changed.
    Update,
    /// It was deleted.
    Delete,
    /// It was read, where that is accounted for.
    Read,
}

/// One change of one row, or one read of it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditLog {
    /// Id.
    pub id: Uuid,
    /// When the change was made.
    pub created_at: Timestamp,
    /// Who made it; null: the server itself, or somebody by hand. They may be erased by now.
    pub actor_id: Option<Uuid>,
    /// What happened to the row.
    pub action: Action,
    /// The changed table, with its schema, such as `coach.jobs`.
    pub entity_type: String,
    /// The changed row's id.
    pub entity_id: Option<Uuid>,
    /// `changed`: names of columns; `values`: new values, where they cannot be anybody's words.
    #[schemars(with = "serde_json::Value")]
    pub payload: Json<Box<RawValue>>,
}

filters! {
    /// Which part of the log is wanted.
    AuditParams {
        /// Only this table, with its schema, such as `coach.jobs`.
        #[validate(length(min = 1, max = 200))]
        pub entity_type: Option<String>,
        /// Only the row with this id.
        pub entity_id: Option<Uuid>,
        /// Only what this user did.
        pub actor_id: Option<Uuid>,
        /// Only from this time on.
        #[validate(custom(function = "moment"))]
        pub from: Option<Timestamp>,
        /// Only before this time.
        #[validate(custom(function = "moment"))]
        pub to: Option<Timestamp>,
    }
}

/// Where a page ended: time and id of its last entry.
type Key = (Timestamp, Uuid);

/// `/audit`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("identity_audit_list", "Lists, newest first, who changed what")
            .secured()
            .ok::<Page<AuditLog>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    });
    ApiRouter::new().api_route("/audit", list)
}

async fn list(
    State(app): State<App>,
    _: Admin,
    Params(params): Params<AuditParams>,
) -> Result<Reply> {
    let position = Position::<Key>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = entries(&mut conn, &params, &position).await?;
    Reply::json(&position.page(rows, |entry| (entry.created_at, entry.id)))
}

/// By what narrows the log most; each way has its index.
async fn entries(
    conn: &mut PgConnection,
    params: &AuditParams,
    position: &Position<Key>,
) -> sqlx::Result<Vec<AuditLog>> {
    let AuditParams { entity_type, entity_id, actor_id, from, to, .. } = params;
    let (at, id) = position.after.unzip();
    let rows = position.rows;
    match (entity_id, actor_id, entity_type) {
        (Some(entity), actor, of) => {
            sqlx::query_file_as!(
                AuditLog,
                "sql/audit/list_by_entity.sql",
                entity,
                of.as_deref(),
                *actor,
                *from,
                *to,
                at,
                id,
                rows
            )
            .fetch_all(conn)
            .await
        }
        (None, Some(actor), of) => {
            sqlx::query_file_as!(
                AuditLog,
                "sql/audit/list_by_actor.sql",
                actor,
                of.as_deref(),
                *from,
                *to,
                at,
                id,
                rows
            )
            .fetch_all(conn)
            .await
        }
        (None, None, Some(of)) => {
            sqlx::query_file_as!(
                AuditLog,
                "sql/audit/list_by_type.sql",
                of,
                *from,
                *to,
                at,
                id,
                rows
            )
            .fetch_all(conn)
            .await
        }
        (None, None, None) => {
            sqlx::query_file_as!(AuditLog, "sql/audit/list.sql", *from, *to, at, id, rows)
                .fetch_all(conn)
                .await
        }
    }
}
