//! Learning paths: what somebody may learn, step by step. A catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use super::KEEPER;
use crate::{
    catalogue,
    database::Timestamp,
    filters,
    rest::{page::Position, resource::Listed, validation::rules},
};

/// What somebody may learn, step by step.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LearningPath {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What kind it is: leadership, technical, …
    pub category: String,
    /// What is learned.
    pub description: Option<String>,
    /// Its steps.
    #[schemars(with = "Vec<LearningModule>")]
    pub modules: Json<Vec<LearningModule>>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`LearningPath`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LearningPathInput {
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// What kind it is: leadership, technical, …
    #[validate(length(min = 1, max = 200))]
    pub category: String,
    /// What is learned.
    #[validate(length(max = 10_000))]
    pub description: Option<String>,
    /// Its steps, at most 100, each with an id of its own. Everybody's progress follows when they change.
    #[serde(default)]
    #[validate(length(max = 100), nested)]
    pub modules: Vec<LearningModule>,
}

/// A step of a learning path.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LearningModule {
    /// Its name in addresses, once in its path: small letters and digits, joined by single dashes. Progress is kept by it.
    #[validate(custom(function = "rules::slug"))]
    pub id: String,
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// How long it takes, in minutes.
    #[validate(range(min = 1, max = 10_000))]
    pub minutes: i32,
    /// Where it is.
    #[validate(custom(function = "rules::url"))]
    pub url: Option<String>,
}

filters! {
    /// Which learning paths are wanted.
    LearningPathParams {
        /// Only this category.
        pub category: Option<String>,
    }
}

catalogue! {
    LearningPath, LearningPathInput, "learning path", writers: KEEPER,
    get: "sql/mentorship/learning_paths/get.sql",
    insert: "sql/mentorship/learning_paths/insert.sql",
    update: "sql/mentorship/learning_paths/update.sql",
    delete: "sql/mentorship/learning_paths/delete.sql",
    columns: |input| [input.title, input.category, input.description, Json(&input.modules) as _],
    example: {
        "title": "Lead your first team", "category": "leadership",
        "description": "What changes when your work is other people's work.",
        "modules": [
            {"id": "listening", "title": "Listening", "minutes": 45, "url": "https://learn.example/listening"},
            {"id": "feedback", "title": "Giving feedback", "minutes": 60, "url": null},
        ],
    },
}

/// Of one category or of all; each way has its index.
impl Listed for LearningPath {
    type Params = LearningPathParams;

    async fn list(
        conn: &mut PgConnection,
        _reader: Uuid,
        position: &Position<Uuid>,
        params: &LearningPathParams,
    ) -> sqlx::Result<Vec<Self>> {
        let Position { after, rows } = *position;
        match &params.category {
            Some(category) => of_category(conn, after, rows, category).await,
            None => {
                sqlx::query_file_as!(Self, "sql/mentorship/learning_paths/list.sql", after, rows)
                    .fetch_all(conn)
                    .await
            }
        }
    }
}

async fn of_category(
    conn: &mut PgConnection,
    after: Option<Uuid>,
    rows: i64,
    category: &str,
) -> sqlx::Result<Vec<LearningPath>> {
    sqlx::query_file_as!(
        LearningPath,
        "sql/mentorship/learning_paths/list_by_category.sql",
        after,
        rows,
        category,
    )
    .fetch_all(conn)
    .await
}
