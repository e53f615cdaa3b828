//! When somebody who waits would come: a `tstzrange` in the database, two moments in JSON.

use std::ops::Bound;

use chrono::{DateTime, TimeDelta, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef, types::PgRange},
};
use validator::{Validate, ValidationError};

use crate::{
    database::Timestamp,
    rest::validation::rules::{broken_at, moment},
};

/// The longest time that somebody waits for.
const LONGEST: TimeDelta = TimeDelta::days(366);

/// From one moment to another, which is not part of it, at most 366 days later.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "ordered"))]
pub struct DesiredRange {
    /// The earliest start of a slot.
    #[validate(custom(function = "moment"))]
    pub start: Timestamp,
    /// The latest end of a slot.
    #[validate(custom(function = "moment"))]
    pub end: Timestamp,
}

fn ordered(range: &DesiredRange) -> Result<(), ValidationError> {
    if range.end <= range.start {
        return Err(broken_at("end", "order", "must be after start"));
    }
    if *range.end - *range.start > LONGEST {
        return Err(broken_at("end", "range", "must be at most 366 days after start"));
    }
    Ok(())
}

impl Type<Postgres> for DesiredRange {
    fn type_info() -> PgTypeInfo {
        PgRange::<DateTime<Utc>>::type_info()
    }
}

impl<'r> Decode<'r, Postgres> for DesiredRange {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let range = <PgRange<DateTime<Utc>> as Decode<Postgres>>::decode(value)?;
        match (range.start, range.end) {
            (Bound::Included(start), Bound::Excluded(end)) => {
                Ok(Self { start: start.into(), end: end.into() })
            }
            _ => Err("a desired range has a start, and an end that is not part of it".into()),
        }
    }
}
