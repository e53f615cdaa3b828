//! Checklists of documents: what somebody has to get together, made of what a programme asks for, or by hand.

mod items;

pub use items::{ChecklistItem, ChecklistItemInput};

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, filters, listed, readable,
    rest::{extract::Id, resource},
    writable,
};

/// What somebody has to get together.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentChecklist {
    /// Id.
    pub id: Uuid,
    /// The programme it is for.
    pub program_id: Option<Uuid>,
    /// The roadmap it is for.
    pub roadmap_id: Option<Uuid>,
    /// What it is called.
    pub title: String,
    /// How much of it is done; follows the items.
    pub status: ChecklistStatus,
    /// What is on it, in order.
    #[schemars(with = "Vec<ChecklistItem>")]
    pub items: Json<Vec<ChecklistItem>>,
    /// How many of the required items are ready, submitted or not applicable, in percent rounded down; of all, where
    /// none is required.
    pub completion_percentage: i32,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a new [`DocumentChecklist`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentChecklistInput {
    /// What it is called; absent: like its programme.
    #[validate(length(min = 1, max = 200))]
    pub title: Option<String>,
    /// The programme it is for.
    pub program_id: Option<Uuid>,
    /// What is on it; absent: what the programme asks for.
    #[validate(length(max = 100), nested)]
    pub items: Option<Vec<ChecklistItemInput>>,
}

/// What a client changes of a [`DocumentChecklist`]; its items have routes of their own.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentChecklistChange {
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
}

/// How much of a checklist is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "camelCase")]
#[sqlx(type_name = "migratio.checklist_status", rename_all = "camelCase")]
pub enum ChecklistStatus {
    /// Everything is missing.
    NotStarted,
    /// Something is.
    InProgress,
    /// Nothing is that is required.
    Completed,
}

filters! {
    /// Which checklists are wanted.
    DocumentChecklistParams {
        /// Only those of this status.
        pub status: Option<ChecklistStatus>,
        /// Only those for this programme.
        pub program_id: Option<Uuid>,
        /// Only those for this roadmap.
        pub roadmap_id: Option<Uuid>,
    }
}

entity!(DocumentChecklist);
readable! {
    DocumentChecklist, "checklist",
    at: |place: Id| [place.id],
    get: "sql/migratio/document_checklists/get.sql",
}
listed! {
    DocumentChecklist, "sql/migratio/document_checklists/list.sql",
    |params: DocumentChecklistParams| [params.status as _, params.program_id, params.roadmap_id]
}
creatable! {
    DocumentChecklist, DocumentChecklistInput, "sql/migratio/document_checklists/insert.sql",
    |input| [input.title, input.program_id, items::made(input.items.as_deref()) as _],
    example: {
        "title": "For the visa",
        "items": [{
            "name": "Passport", "isRequired": true, "stage": "ApplicationPrep",
            "status": "inProgress", "notes": "Renew it first.",
        }],
    },
}
writable! {
    DocumentChecklist, DocumentChecklistChange,
    at: |place: Id| [place.id], "sql/migratio/document_checklists/update.sql",
    |input| [input.title],
    example: {"title": "For the visa"},
}
deletable! {
    DocumentChecklist,
    at: |place: Id| [place.id],
    "sql/migratio/document_checklists/delete.sql",
}

/// Everything under `/document-checklists`.
pub fn routes() -> ApiRouter<App> {
    resource::routes::<DocumentChecklist>("/document-checklists", "migratio_document_checklists")
        .merge(items::routes())
}
