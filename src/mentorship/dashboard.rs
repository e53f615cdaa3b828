//! `GET /dashboard`: the home screen in one answer.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ActionItemStatus, SessionStatus, side::Side};
use crate::{
    App,
    database::Timestamp,
    identity::Caller,
    nested,
    rest::{openapi::Describe, problem::Result, reply::Reply},
};

/// What a user wants to see first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MentorshipDashboard")]
pub struct Dashboard {
    /// The next 5 sessions that are to come, soonest first.
    pub upcoming_sessions: Vec<UpcomingSession>,
    /// How many action items the user is still to do.
    pub open_action_items_count: i64,
    /// The 10 of them that are due first.
    pub open_action_items: Vec<OpenActionItem>,
    /// How many messages the user has not read.
    pub unread_messages: i64,
    /// What waits for the user's answer.
    pub pending: Pending,
}

/// A session that is to come, as one of the two sees it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename = "MentorshipUpcomingSession", rename_all = "camelCase")]
pub struct UpcomingSession {
    /// Id.
    pub id: Uuid,
    /// What it is about.
    pub title: String,
    /// When it begins.
    pub date: Timestamp,
    /// How long it takes, in minutes.
    pub duration: i32,
    /// How far it has come.
    pub status: SessionStatus,
    /// The other one of the two.
    pub partner_id: Uuid,
    /// The name that others see of them.
    pub partner_name: Option<String>,
    /// Where to meet online.
    pub meeting_link: Option<String>,
    /// The user's part in it.
    pub role: Side,
}

/// Something that the user is still to do.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct OpenActionItem {
    /// Id.
    pub id: Uuid,
    /// The session in which it came up.
    pub session_id: Uuid,
    /// What is to be done.
    pub title: String,
    /// By when.
    pub due_date: Option<Timestamp>,
    /// How far it has come.
    pub status: ActionItemStatus,
}

/// How much waits for the user's answer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename = "MentorshipPending", rename_all = "camelCase")]
pub struct Pending {
    /// Sessions that the other one proposed, requested or put to another date.
    pub sessions: i64,
    /// People who would like to connect.
    pub connections: i64,
    /// New mothers who ask the user to stand in for them.
    pub proxy_requests: i64,
    /// Matches to decide, 1,000 at most; null unless the user administers mentorship.
    pub matches: Option<i64>,
    /// Issues that nobody has begun with, 1,000 at most; null unless the user administers mentorship.
    pub issues: Option<i64>,
}

nested!(UpcomingSession, OpenActionItem, Pending);

/// `/dashboard`.
pub fn routes() -> ApiRouter<App> {
    let dashboard = get_with(dashboard, |op| {
        op.about("mentorship_dashboard", "Reads what the home screen shows")
            .secured()
            .ok::<Dashboard>()
    });
    ApiRouter::new().api_route("/dashboard", dashboard)
}

async fn dashboard(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let dashboard = sqlx::query_file_as!(Dashboard, "sql/mentorship/dashboard.sql", caller.id)
        .fetch_one(&mut *conn)
        .await?;
    Reply::json(&dashboard)
}
