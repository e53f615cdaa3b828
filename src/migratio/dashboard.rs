//! `GET /dashboard`: the home screen in one answer.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{JourneyStage, ListedResource, PhaseName, SubscriptionTier};
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
#[schemars(rename = "MigratioDashboard")]
pub struct Dashboard {
    /// How much of the profile is filled in, in percent; 0: there is none.
    pub profile_completion: i32,
    /// What the user pays for.
    pub membership: Membership,
    /// The first 3 of the latest set of recommendations.
    pub recommendations: Vec<TopRecommendation>,
    /// The next 5 tasks of active roadmaps that can be done, what is due first in front, what is never due last.
    pub due_tasks: Vec<DueTask>,
    /// How many documents there are.
    pub documents: DocumentCounts,
    /// How far the checklists are.
    pub checklists: ChecklistCounts,
    /// Where on the way the user is.
    pub stage: JourneyStage,
    /// Up to 5 resources for that stage and for what the user knows; what they may read comes first.
    pub resources: Vec<ListedResource>,
}

/// What a user pays for.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Membership {
    /// The tier.
    pub tier: SubscriptionTier,
    /// When it ends; null: not by itself.
    pub expiry: Option<Timestamp>,
    /// Whether it is paid for, and not over.
    pub is_paid: bool,
}

/// A programme that is recommended before others.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct TopRecommendation {
    /// The recommendation.
    pub id: Uuid,
    /// The set it is in.
    pub recommendation_id: Uuid,
    /// The programme.
    pub program_id: Uuid,
    /// What that is called.
    pub program_name: String,
    /// Its place in the set, from 1.
    pub rank: i32,
    /// All that speaks for it, 0 to 1.
    pub overall_score: f64,
}

/// Something that can be done now.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct DueTask {
    /// The roadmap.
    pub roadmap_id: Uuid,
    /// What that is called.
    pub roadmap_title: String,
    /// The part of the way.
    pub phase_name: PhaseName,
    /// The task.
    pub task_id: Uuid,
    /// What is to be done.
    pub title: String,
    /// Whether it was begun.
    pub status: DueTaskStatus,
    /// By when.
    pub due_date: Option<NaiveDate>,
}

/// Whether a task was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DueTaskStatus {
    /// It was not.
    Pending,
    /// It was.
    InProgress,
}

/// How many documents a user has, by status.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct DocumentCounts {
    /// Not finished.
    pub draft: i64,
    /// Ready to be sent.
    pub ready: i64,
    /// Sent.
    pub submitted: i64,
    /// Not needed any longer.
    pub archived: i64,
    /// Over within 30 days, or already, and not archived.
    pub expiring: i64,
}

/// How far a user's checklists are.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct ChecklistCounts {
    /// How many there are.
    pub count: i64,
    /// How many of them are completed.
    pub completed: i64,
    /// How far they are on average, in percent rounded down; 0: there is none.
    pub completion_percentage: i32,
}

nested!(Membership, TopRecommendation, DueTask, DocumentCounts, ChecklistCounts);

/// `/dashboard`.
pub fn routes() -> ApiRouter<App> {
    let dashboard = get_with(dashboard, |op| {
        op.about("migratio_dashboard", "Reads what the home screen shows")
            .secured()
            .ok::<Dashboard>()
    });
    ApiRouter::new().api_route("/dashboard", dashboard)
}

async fn dashboard(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let dashboard = sqlx::query_file_as!(Dashboard, "sql/migratio/dashboard.sql", caller.id)
        .fetch_one(&mut *conn)
        .await?;
    Reply::json(&dashboard)
}
