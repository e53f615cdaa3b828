//! When somebody has time, every week.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::rest::{
    validation::rules::{clock, timezone},
    week::{self, Weekday},
};

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

fn ordered(slot: &AvailabilitySlot) -> Result<(), ValidationError> {
    week::ordered(&slot.start, &slot.end)
}
