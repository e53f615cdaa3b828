//! Rules for fields that only migratio has.

use chrono::{NaiveDate, Utc};
use validator::ValidationError;

use crate::rest::validation::rules::{broken, broken_at, date};

/// A country's code of ISO 3166-1 alpha-2.
pub fn country(code: &str) -> Result<(), ValidationError> {
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(broken("country", "must be a country code of ISO 3166-1: two capital letters"))
}

/// Countries' codes of ISO 3166-1 alpha-2.
pub fn countries(codes: &[String]) -> Result<(), ValidationError> {
    codes.iter().try_for_each(|code| country(code))
}

/// The day that somebody was born: since 1900, and not in the future.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "validator passes references")]
pub fn born(day: &NaiveDate) -> Result<(), ValidationError> {
    date(day)?;
    if *day <= Utc::now().date_naive() {
        return Ok(());
    }
    Err(broken("date", "must not be in the future"))
}

/// From one day to another, the field `last`, that is not before it.
pub fn ordered(
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    field: &str,
    message: &'static str,
) -> Result<(), ValidationError> {
    match (first, last) {
        (Some(first), Some(last)) if last < first => Err(broken_at(field, "order", message)),
        _ => Ok(()),
    }
}
