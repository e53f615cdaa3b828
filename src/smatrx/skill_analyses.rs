//! Analyses of somebody's skills. They are kept as they were made: nothing of them ever changes.

use aide::axum::{
    ApiRouter,
    routing::{get_with, post_with},
};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, creatable,
    database::Timestamp,
    deletable, filters,
    identity::Caller,
    readable,
    rest::{
        etag::IfNoneMatch,
        extract::{Id, Params},
        openapi::Describe,
        page::Position,
        problem::{self, Problem, Result},
        reply::Entity,
        resource::{self, Creatable, Listed, Readable, WRITE},
        validation::rules::large_document,
    },
};

/// What an analysis made of the user's skills.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillAnalysis {
    /// Id.
    pub id: Uuid,
    /// What it looks at.
    pub analysis_type: AnalysisType,
    /// What came of it; its type decides the shape.
    #[schemars(with = "Map<String, Value>")]
    pub data: Json<Box<RawValue>>,
    /// How sure the analysis is of itself, 0 to 1.
    pub confidence: Option<f64>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a client writes of a [`SkillAnalysis`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SkillAnalysisInput {
    /// What it looks at.
    pub analysis_type: AnalysisType,
    /// What came of it: any JSON object of at most 256 KiB.
    #[validate(custom(function = "large_document"))]
    pub data: Map<String, Value>,
    /// How sure the analysis is of itself, 0 to 1.
    #[validate(range(min = 0.0, max = 1.0))]
    pub confidence: Option<f64>,
}

/// What an analysis looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "smatrx.analysis_type", rename_all = "snake_case")]
pub enum AnalysisType {
    /// What the user can do.
    Profile,
    /// What the user lacks.
    Gap,
    /// What the user might do next.
    Recommendation,
}

impl Entity for SkillAnalysis {
    fn id(&self) -> Uuid {
        self.id
    }

    /// It never changes.
    fn version(&self) -> Timestamp {
        self.created_at
    }
}

readable! {
    SkillAnalysis, "skill analysis",
    at: |place: Id| [place.id],
    get: "sql/smatrx/skill_analyses/get.sql",
}
creatable! {
    SkillAnalysis, SkillAnalysisInput, "sql/smatrx/skill_analyses/insert.sql",
    |input| [input.analysis_type as _, Json(&input.data) as _, input.confidence],
    example: {
        "analysisType": "recommendation", "confidence": 0.8,
        "data": {"next": ["Kubernetes", "Terraform"], "because": "Your peers run both."},
    },
}
deletable!(SkillAnalysis, at: |place: Id| [place.id], "sql/smatrx/skill_analyses/delete.sql");

filters! {
    /// Which skill analyses are wanted.
    SkillAnalysisParams {
        /// Only this type.
        pub r#type: Option<AnalysisType>,
    }
}

/// Which analysis is wanted: the latest of its type.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LatestParams {
    /// Of this type.
    r#type: AnalysisType,
}

/// Of one type or of all; each way has its index.
impl Listed for SkillAnalysis {
    type Params = SkillAnalysisParams;

    async fn list(
        conn: &mut PgConnection,
        owner: Uuid,
        position: &Position<Uuid>,
        params: &SkillAnalysisParams,
    ) -> sqlx::Result<Vec<Self>> {
        let Position { after, rows } = *position;
        if let Some(of) = params.r#type {
            return of_type(conn, owner, after, rows, of).await;
        }
        sqlx::query_file_as!(Self, "sql/smatrx/skill_analyses/list.sql", owner, after, rows)
            .fetch_all(conn)
            .await
    }
}

async fn of_type(
    conn: &mut PgConnection,
    owner: Uuid,
    after: Option<Uuid>,
    rows: i64,
    of: AnalysisType,
) -> sqlx::Result<Vec<SkillAnalysis>> {
    sqlx::query_file_as!(
        SkillAnalysis,
        "sql/smatrx/skill_analyses/list_by_type.sql",
        owner,
        after,
        rows,
        of as _,
    )
    .fetch_all(conn)
    .await
}

/// Everything under `/analyses`, save the gap.
pub fn routes() -> ApiRouter<App> {
    let create = post_with(resource::create::<SkillAnalysis>, |op| {
        op.about("smatrx_skill_analyses_create", "Keeps a new skill analysis")
            .secured()
            .created::<SkillAnalysis>()
            .fails(WRITE)
            .example(SkillAnalysis::example())
    });
    let latest = get_with(latest, |op| {
        op.about("smatrx_skill_analyses_latest", "Reads the latest skill analysis of a type")
            .secured()
            .row::<SkillAnalysis>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    });
    let list = resource::list_route::<SkillAnalysis>("smatrx_skill_analyses");
    let get = resource::get_route::<SkillAnalysis>("smatrx_skill_analyses");
    let delete = resource::delete_route::<SkillAnalysis>("smatrx_skill_analyses");
    ApiRouter::new()
        .api_route("/analyses", list.merge(create))
        .api_route("/analyses/latest", latest)
        .api_route("/analyses/{id}", get.merge(delete))
}

async fn latest(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<LatestParams>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let found = of_type(&mut conn, caller.id, None, 1, params.r#type).await?;
    let latest = found.first().ok_or_else(|| Problem::not_found(SkillAnalysis::NAME))?;
    resource::answer(latest, &known)
}
