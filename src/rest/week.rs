//! Days of the week, and hours of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::ValidationError;

use super::validation::rules::broken_at;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// The first.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The seventh.
    Sunday,
}

/// Hours that end after they begin; both are HH:MM, so that they compare as text.
pub fn ordered(start: &str, end: &str) -> Result<(), ValidationError> {
    if start < end {
        return Ok(());
    }
    Err(broken_at("end", "order", "must be after the start"))
}
