//! How patient and provider meet: of services, slots and appointments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How patient and provider meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.visit_mode", rename_all = "snake_case")]
pub enum VisitMode {
    /// In the same room.
    InPerson,
    /// By video.
    Video,
    /// By telephone.
    Phone,
}
