//! Roadmaps: somebody's way into a country, phase by phase. Whom it is shared with reads it, or works on it, too.

mod access;
mod list;
mod moves;
mod pdf_export;
mod phases;
mod progress;
mod tasks;

pub use access::{RoadmapAccess, refusal};
pub use phases::{
    RoadmapDocument, RoadmapMilestone, RoadmapPhase, RoadmapPhaseStatus, RoadmapTask,
    RoadmapTaskInput, RoadmapTaskStatus,
};
pub use progress::{PdfExport, PdfExportInput, PlanningAssessmentResults, SettlementProgress};

use aide::axum::{ApiRouter, routing::delete_with};
use axum::extract::State;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    App, creatable,
    database::Timestamp,
    deletable,
    identity::Caller,
    readable,
    rest::{
        etag::IfMatch,
        extract::{Id, Path},
        openapi::Describe,
        problem::{self, Result},
        reply::{Entity, Reply},
        resource::{self, Deletable},
        validation::rules::{broken_at, date},
    },
    writable,
};

/// Somebody's way into a country.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Roadmap {
    /// Id.
    pub id: Uuid,
    /// The recommendation it came of; null: none, it is gone, or the roadmap is another's.
    pub recommendation_item_id: Option<Uuid>,
    /// The programme it leads through.
    pub program_id: Uuid,
    /// The programme's name.
    pub program_name: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// How far it has come; follows the tasks.
    pub status: RoadmapStatus,
    /// Its phases, in order.
    #[schemars(with = "Vec<RoadmapPhase>")]
    pub phases: Json<Vec<RoadmapPhase>>,
    /// What the planning tools said.
    pub planning_assessment_results: Option<PlanningAssessmentResults>,
    /// How they have settled.
    pub settlement_progress: Option<SettlementProgress>,
    /// Notes.
    pub notes: Option<String>,
    /// The latest PDF of it.
    pub pdf_export: Option<PdfExport>,
    /// What you may do with it.
    pub access: RoadmapAccess,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a new [`Roadmap`]: from a recommendation, or through a programme.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "from_one", skip_on_field_errors = false))]
pub struct RoadmapInput {
    /// One of your recommendations, the programme of which it shall lead through.
    pub recommendation_item_id: Option<Uuid>,
    /// The programme it shall lead through, one that is open.
    pub program_id: Option<Uuid>,
    /// What it is called; the programme's name when absent.
    #[validate(length(min = 1, max = 200))]
    pub title: Option<String>,
    /// What it is about.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// Its first day, from which the others are estimated; today (UTC) when absent.
    #[validate(custom(function = "date"))]
    pub start_date: Option<NaiveDate>,
}

/// What a client changes of a [`Roadmap`]; its tasks change one by one.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoadmapChange {
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What it is about.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What the planning tools said.
    #[validate(nested)]
    pub planning_assessment_results: Option<PlanningAssessmentResults>,
    /// How they have settled.
    #[validate(nested)]
    pub settlement_progress: Option<SettlementProgress>,
    /// Notes.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
}

/// How far somebody is on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "migratio.roadmap_status", rename_all = "snake_case")]
pub enum RoadmapStatus {
    /// Nothing is done yet.
    Draft,
    /// Somebody is at it.
    Active,
    /// It rests.
    OnHold,
    /// All is done, or was declared so.
    Completed,
    /// It was given up.
    Abandoned,
}

fn from_one(input: &RoadmapInput) -> Result<(), ValidationError> {
    if input.recommendation_item_id.is_some() == input.program_id.is_some() {
        let message = "must be given, or recommendationItemId, and not both";
        return Err(broken_at("programId", "one_of", message));
    }
    Ok(())
}

impl Entity for Roadmap {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> Timestamp {
        self.updated_at
    }

    /// An answer outlives the share that it was given by: of another's roadmap no words are kept.
    fn kept(&self) -> Option<Value> {
        if self.access == RoadmapAccess::Owner {
            return None;
        }
        let mut kept = serde_json::to_value(self).ok()?;
        for field in ["title", "description", "phases", "notes", "pdfExport"] {
            kept[field] = Value::Null;
        }
        kept["planningAssessmentResults"] = Value::Null;
        kept["settlementProgress"] = Value::Null;
        Some(kept)
    }
}

readable! {
    Roadmap, "roadmap",
    shared: |row, _caller| row.access >= RoadmapAccess::Edit,
    at: |place: Id| [place.id],
    get: "sql/migratio/roadmaps/get.sql",
}
creatable! {
    Roadmap, RoadmapInput, "sql/migratio/roadmaps/insert.sql",
    |input| [
        input.recommendation_item_id, input.program_id, input.title, input.description,
        input.start_date,
    ],
    example: {
        "programId": "01920000-0000-7000-8000-000000000000", "title": "My way to Canada",
        "description": "With the whole family.", "startDate": "2027-01-01",
    },
}
writable! {
    Roadmap, RoadmapChange,
    at: |place: Id| [place.id], "sql/migratio/roadmaps/update.sql",
    |input| [
        input.title, input.description, &input.planning_assessment_results as _,
        &input.settlement_progress as _, input.notes,
    ],
    example: {
        "title": "My way to Canada", "description": "With the whole family.",
        "planningAssessmentResults": {
            "readinessScore": 72.5, "financialPlanSummary": {"savings": 20000, "currency": "CAD"},
        },
        "settlementProgress": {
            "housingStatus": "temporary", "bankingSetup": true, "communityConnectionsMade": 3,
        },
        "notes": "Ask about schools.",
    },
}
deletable!(Roadmap, at: |place: Id| [place.id], "sql/migratio/roadmaps/delete.sql");

/// Everything under `/roadmaps`, save whom they are shared with.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "migratio_roadmaps";
    let delete = delete_with(delete, |op| {
        op.about("migratio_roadmaps_delete", "Deletes one roadmap of yours")
            .description("Its checklist stays.")
            .secured()
            .no_content()
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
    });
    ApiRouter::new()
        .api_route("/roadmaps", list::route().merge(resource::create_route::<Roadmap>(ID)))
        .api_route("/roadmaps/{id}", resource::kept_routes::<Roadmap>(ID).merge(delete))
        .api_route("/roadmaps/{id}/pdf-export", pdf_export::route())
        .merge(moves::routes())
        .merge(tasks::routes())
}

async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    match Roadmap::delete(&mut conn, caller.id, place, wanted.versions()).await? {
        Some(_) => Ok(Reply::no_content()),
        None => Err(refusal(&mut conn, caller.id, place.id, RoadmapAccess::Owner).await?),
    }
}
