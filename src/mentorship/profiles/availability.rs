//! When somebody has time, every week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::rest::validation::rules::{broken_at, clock, timezone};

/// A time of day on one day of every week.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "ordered"))]
pub struct AvailabilitySlot {
    /// The day.
    pub weekday: Weekday,
    /// When it begins, HH:MM.
    #[validate(custom(function = "clock"))]
    pub start: String,
    /// When it ends, HH:MM, at most 24:00 and after the start.
    #[validate(custom(function = "clock"))]
    pub end: String,
    /// In which time zone, by its name in the IANA database.
    #[validate(custom(function = "timezone"))]
    pub time_zone: String,
}

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

/// Both are HH:MM, so that they compare as text.
fn ordered(slot: &AvailabilitySlot) -> Result<(), ValidationError> {
    if slot.start < slot.end {
        return Ok(());
    }
    Err(broken_at("end", "order", "must be after the start"))
}
