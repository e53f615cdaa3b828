//! Rules for fields that only migratio has.

use validator::ValidationError;

use crate::rest::validation::rules::broken;

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
