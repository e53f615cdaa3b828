//! The parts of the way into a country.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of the way, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[sqlx(type_name = "migratio.phase_name", rename_all = "PascalCase")]
pub enum PhaseName {
    /// Where to, and how.
    Planning,
    /// Getting everything together.
    ApplicationPrep,
    /// It is submitted, and others decide.
    SubmissionWaiting,
    /// The first weeks there.
    PostArrival,
    /// Making it one's home.
    Integration,
}
