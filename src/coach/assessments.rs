//! Assessments: of skills, of interests, of whatever their type says.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, crud,
    database::Timestamp,
    filters,
    rest::{
        page::Position,
        resource::{self, Listed},
        validation::rules::{document, lines},
    },
};

/// An assessment that the user took.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    /// Id.
    pub id: Uuid,
    /// What kind of assessment it is.
    pub r#type: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// What came of it; its type decides the shape.
    #[schemars(with = "Map<String, Value>")]
    pub results: Json<Box<RawValue>>,
    /// The result as one number, 0 to 100.
    pub score: Option<f64>,
    /// What the coach makes of it, in a shape of its own.
    #[schemars(with = "Option<Map<String, Value>>")]
    pub ai_insights: Option<Json<Box<RawValue>>>,
    /// What the coach recommends.
    pub recommendations: Vec<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of an [`Assessment`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssessmentInput {
    /// What kind of assessment it is; assessments are listed by it.
    #[validate(length(min = 1, max = 200))]
    pub r#type: String,
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What it is about.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// What came of it: any JSON object of at most 64 KiB.
    #[serde(default)]
    #[validate(custom(function = "document"))]
    pub results: Map<String, Value>,
    /// The result as one number, 0 to 100.
    #[validate(range(min = 0.0, max = 100.0))]
    pub score: Option<f64>,
    /// What the coach makes of it: any JSON object of at most 64 KiB.
    #[validate(custom(function = "document"))]
    pub ai_insights: Option<Map<String, Value>>,
    /// What the coach recommends.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub recommendations: Vec<String>,
}

crud! {
    Assessment, AssessmentInput, "assessment",
    get: "sql/coach/assessments/get.sql",
    insert: "sql/coach/assessments/insert.sql",
    update: "sql/coach/assessments/update.sql",
    delete: "sql/coach/assessments/delete.sql",
    columns: |input| [
        input.r#type, input.title, input.description, Json(&input.results) as _, input.score,
        input.ai_insights.as_ref().map(Json) as _, &input.recommendations,
    ],
    example: {
        "type": "SKILLS", "title": "Backend skills", "description": "Forty questions, one hour.",
        "results": {"answered": 40, "areas": {"databases": 91, "networks": 74}}, "score": 82.5,
        "aiInsights": {"summary": "Strong on data, some gaps in networking."},
        "recommendations": ["Read up on TCP."],
    },
}

filters! {
    /// Which assessments are wanted.
    AssessmentParams {
        /// Only this kind.
        #[validate(length(min = 1, max = 200))]
        pub r#type: Option<String>,
    }
}

/// Of one type or of all; each way has its index.
impl Listed for Assessment {
    type Params = AssessmentParams;

    async fn list(
        conn: &mut PgConnection,
        owner: Uuid,
        position: &Position<Uuid>,
        params: &AssessmentParams,
    ) -> sqlx::Result<Vec<Self>> {
        let Position { after, rows } = *position;
        match &params.r#type {
            Some(of) => {
                sqlx::query_file_as!(
                    Self,
                    "sql/coach/assessments/list_by_type.sql",
                    owner,
                    after,
                    rows,
                    of
                )
                .fetch_all(conn)
                .await
            }
            None => {
                sqlx::query_file_as!(Self, "sql/coach/assessments/list.sql", owner, after, rows)
                    .fetch_all(conn)
                    .await
            }
        }
    }
}

/// Everything under `/assessments`.
pub fn routes() -> ApiRouter<App> {
    resource::routes::<Assessment>("/assessments", "coach_assessments")
}
