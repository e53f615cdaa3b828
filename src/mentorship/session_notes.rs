//! Notes on a session by either of the two: for their own eyes, or for both.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::Session;
use crate::{
    App, below,
    database::Timestamp,
    deletable, entity, readable,
    rest::{extract::Item, resource},
    writable,
};

/// A note on a session.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionNote {
    /// Id.
    pub id: Uuid,
    /// The session.
    pub session_id: Uuid,
    /// Who wrote it, the mentor or the mentee.
    pub created_by_id: Uuid,
    /// The note.
    pub notes: String,
    /// True: for its author's eyes alone; false: the other reads it, too.
    pub is_private: bool,
    /// When it was written.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What its author writes of a [`SessionNote`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionNoteInput {
    /// The note.
    #[validate(length(min = 1, max = 32_000))]
    pub notes: String,
    /// True, as it is where it is absent: for your eyes alone; false: the other reads it, too.
    #[serde(default = "yes")]
    pub is_private: bool,
}

const fn yes() -> bool {
    true
}

entity!(SessionNote);
readable! {
    SessionNote, "session note",
    shared: |note, caller| note.created_by_id == caller.id,
    at: |place: Item| [place.id, place.item_id],
    get: "sql/mentorship/session_notes/get.sql",
}
below! {
    SessionNote, SessionNoteInput, in: Session,
    list: "sql/mentorship/session_notes/list.sql",
    insert: "sql/mentorship/session_notes/insert.sql",
    columns: |input| [input.notes, input.is_private],
    example: {"notes": "Wants to lead; is afraid of the first review.", "isPrivate": true},
}
deletable! {
    SessionNote,
    at: |place: Item| [place.id, place.item_id],
    "sql/mentorship/session_notes/delete.sql",
}
writable! {
    SessionNote, SessionNoteInput,
    at: |place: Item| [place.id, place.item_id], "sql/mentorship/session_notes/update.sql",
    |input| [input.notes, input.is_private],
    example: {"notes": "Agreed to lead the next release.", "isPrivate": false},
}

/// Everything under `/sessions/{id}/notes`.
pub fn routes() -> ApiRouter<App> {
    let one = resource::one_routes::<SessionNote>("mentorship_session_notes");
    ApiRouter::new()
        .api_route(
            "/sessions/{id}/notes",
            resource::below_route::<SessionNote>("mentorship_session_notes"),
        )
        .api_route("/sessions/{id}/notes/{itemId}", one)
}
