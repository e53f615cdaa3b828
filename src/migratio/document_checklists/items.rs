//! The items of a checklist: added, patched and taken off one by one, each in one statement.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, patch_with},
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use validator::Validate;

use super::DocumentChecklist;
use crate::{
    App,
    identity::Caller,
    migratio::PhaseName,
    moves,
    rest::{
        etag::IfMatch,
        extract::{Id, Item, MergePatch, Path},
        openapi::{Describe, Op},
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{CHANGE, Readable, WRITE, move_route},
        validation,
    },
};

/// Something on a checklist.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChecklistItem {
    /// Its id; the server's.
    pub id: Uuid,
    /// What of a programme asks for it.
    pub requirement_id: Option<Uuid>,
    /// What kind of document it is.
    pub document_type_id: Option<Uuid>,
    /// What it is called.
    pub name: String,
    /// Whether there is no way without it.
    pub is_required: bool,
    /// The part of the way in which it is needed.
    pub stage: Option<PhaseName>,
    /// How far it has come.
    pub status: ChecklistItemStatus,
    /// The document, one of the same user's.
    pub document_id: Option<Uuid>,
    /// Notes.
    pub notes: Option<String>,
}

/// How far something on a checklist has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ChecklistItemStatus {
    /// Nothing was done.
    #[default]
    Missing,
    /// It is being got.
    InProgress,
    /// It is there.
    Ready,
    /// It was sent.
    Submitted,
    /// It is not needed.
    NotApplicable,
}

/// What a client writes of a new [`ChecklistItem`].
#[derive(Debug, Clone, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChecklistItemInput {
    /// What kind of document it is.
    pub document_type_id: Option<Uuid>,
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Whether there is no way without it; absent: there is none.
    #[serde(default = "required")]
    pub is_required: bool,
    /// The part of the way in which it is needed.
    pub stage: Option<PhaseName>,
    /// How far it has come.
    #[serde(default)]
    pub status: ChecklistItemStatus,
    /// The document, one of yours.
    pub document_id: Option<Uuid>,
    /// Notes.
    #[validate(length(max = 2000))]
    pub notes: Option<String>,
}

/// What a client patches of a [`ChecklistItem`].
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::option_option, reason = "in a merge patch null is something else than nothing")]
pub struct ChecklistItemChange {
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether there is no way without it.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub is_required: Option<bool>,
    /// How far it has come.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub status: Option<ChecklistItemStatus>,
    /// The document, one of yours; null lets go of it.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub document_id: Option<Option<Uuid>>,
    /// Notes; null takes them away.
    #[validate(length(max = 2000))]
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub notes: Option<Option<String>>,
}

const fn required() -> bool {
    true
}

/// What is there, be it null; what is absent is none by default.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Option<T>, D::Error> {
    T::deserialize(field).map(Some)
}

impl From<&ChecklistItemInput> for ChecklistItem {
    fn from(input: &ChecklistItemInput) -> Self {
        let input = input.clone();
        Self {
            id: Uuid::now_v7(),
            requirement_id: None,
            document_type_id: input.document_type_id,
            name: input.name,
            is_required: input.is_required,
            stage: input.stage,
            status: input.status,
            document_id: input.document_id,
            notes: input.notes,
        }
    }
}

/// Items as they are stored.
pub fn made(inputs: Option<&[ChecklistItemInput]>) -> Option<Json<Vec<ChecklistItem>>> {
    inputs.map(|inputs| Json(inputs.iter().map(ChecklistItem::from).collect()))
}

moves! {
    /// There is one more.
    Add(DocumentChecklist), "sql/migratio/document_checklists/add_item.sql",
    |input: ChecklistItemInput| [Json(ChecklistItem::from(input)) as _],
    example: {"name": "Police certificate", "isRequired": true, "stage": "ApplicationPrep"},
}

/// `…/items` of a checklist.
pub fn routes() -> ApiRouter<App> {
    let add = move_route::<Add>(
        "migratio_document_checklists_items_add",
        "Adds an item to the end of a checklist",
    );
    let patch = patch_with(patch, |op| {
        describe(op, "update", "Patches one item of a checklist")
            .patches::<ChecklistItemChange>()
            .row::<DocumentChecklist>()
            .fails(WRITE)
            .example(json!({"status": "ready", "notes": "In the blue folder."}))
    });
    let delete = delete_with(delete, |op| {
        describe(op, "delete", "Takes one item off a checklist").no_content()
    });
    ApiRouter::new()
        .api_route("/document-checklists/{id}/items", add)
        .api_route("/document-checklists/{id}/items/{itemId}", patch.merge(delete))
}

fn describe<'t>(op: Op<'t>, verb: &str, does: &str) -> Op<'t> {
    let id = format!("migratio_document_checklists_items_{verb}");
    op.about(&id, does).secured().fails(CHANGE)
}

async fn patch(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Item>,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    let change: ChecklistItemChange = validation::parse_value(patch)?;
    let mut conn = app.pool.get().await?;
    let row = sqlx::query_file_as!(
        DocumentChecklist,
        "sql/migratio/document_checklists/update_item.sql",
        caller.id,
        place.id,
        wanted.versions() as _,
        place.item_id,
        Json(change) as _,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match row {
        Some(row) => Reply::row(&row),
        None => Err(unwritten(&mut conn, &caller, place).await?),
    }
}

async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Item>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let left = sqlx::query_file_scalar!(
        "sql/migratio/document_checklists/delete_item.sql",
        caller.id,
        place.id,
        wanted.versions() as _,
        place.item_id,
    )
    .fetch_optional(&mut *conn)
    .await?;
    match left {
        Some(_) => Ok(Reply::no_content()),
        None => Err(unwritten(&mut conn, &caller, place).await?),
    }
}

/// Why an item was not written: there is no such checklist, no such item on it, or it is none of the accepted versions.
async fn unwritten(conn: &mut PgConnection, caller: &Caller, place: Item) -> Result<Problem> {
    let checklist = DocumentChecklist::get(conn, caller.id, Id { id: place.id }).await?;
    Ok(match checklist {
        None => Problem::not_found(DocumentChecklist::NAME),
        Some(row) if row.items.iter().any(|item| item.id == place.item_id) => {
            Problem::new(&problem::PRECONDITION_FAILED)
        }
        Some(_) => Problem::not_found("item"),
    })
}
