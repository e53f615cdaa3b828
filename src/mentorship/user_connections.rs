//! Connections: who knows whom. Whoever is asked answers; either ends it.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, filters, listed, moves, readable,
    rest::{
        extract::{Id, Nothing, several},
        resource,
    },
};

/// Two users who know each other, or one who would like to.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserConnection {
    /// Id.
    pub id: Uuid,
    /// Who asked.
    pub requester_id: Uuid,
    /// Who was asked.
    pub receiver_id: Uuid,
    /// What has become of it.
    pub status: ConnectionStatus,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`UserConnection`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserConnectionInput {
    /// Who is asked: somebody else, whom you neither asked before nor were asked by.
    pub receiver_id: Uuid,
}

/// What has become of a wish to connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "mentorship.connection_status", rename_all = "snake_case")]
pub enum ConnectionStatus {
    /// Not answered.
    Pending,
    /// They know each other.
    Accepted,
    /// They do not; nobody is asked twice.
    Rejected,
}

/// Who asked, seen from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The caller asked.
    Sent,
    /// The caller was asked.
    Received,
}

filters! {
    /// Which connections are wanted.
    UserConnectionParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<ConnectionStatus>,
        /// Only those that you asked for, or were asked for.
        pub direction: Option<Direction>,
    }
}

entity!(UserConnection);

readable! {
    UserConnection, "connection",
    shared: |connection, caller| {
        connection.status != ConnectionStatus::Rejected || connection.receiver_id == caller.id
    },
    at: |place: Id| [place.id],
    get: "sql/mentorship/user_connections/get.sql",
}

listed!(
    UserConnection,
    "sql/mentorship/user_connections/list.sql",
    |params: UserConnectionParams| [
        params.direction.map(|direction| direction == Direction::Sent),
        &params.status as _
    ]
);

creatable! {
    UserConnection, UserConnectionInput, "sql/mentorship/user_connections/insert.sql",
    |input| [input.receiver_id],
    example: {"receiverId": "01920000-0000-7000-8000-000000000000"},
}

deletable!(
    UserConnection,
    at: |place: Id| [place.id],
    "sql/mentorship/user_connections/delete.sql"
);

moves! {
    /// They know each other.
    Accept(UserConnection), "sql/mentorship/user_connections/accept.sql",
    |_input: Nothing| [],
}

moves! {
    /// They do not.
    Reject(UserConnection), "sql/mentorship/user_connections/reject.sql",
    |_input: Nothing| [],
}

/// Everything under `/connections`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "mentorship_user_connections";
    let accept = resource::move_route::<Accept>(
        "mentorship_user_connections_accept",
        "Accepts a connection that you were asked for",
    );
    let reject = resource::move_route::<Reject>(
        "mentorship_user_connections_reject",
        "Rejects a connection that you were asked for",
    );
    ApiRouter::new()
        .api_route(
            "/connections",
            resource::list_route::<UserConnection>(ID)
                .merge(resource::create_route::<UserConnection>(ID)),
        )
        .api_route(
            "/connections/{id}",
            resource::get_route::<UserConnection>(ID)
                .merge(resource::delete_route::<UserConnection>(ID)),
        )
        .api_route("/connections/{id}/accept", accept)
        .api_route("/connections/{id}/reject", reject)
}
