//! What people sign in with, as it comes in: trimmed, and checked by the same bounds as the table.

use serde::{Deserialize, Deserializer};
use validator::ValidationError;

use super::secrets::{
    password::PasswordError,
    strength::{PasswordProblem, check_strength, normalize_answer},
};
use crate::rest::{
    problem::{self, Problem},
    validation::rules::broken,
};

/// Text without the white space around it, for `#[serde(deserialize_with = …)]`.
pub fn trimmed<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    String::deserialize(input).map(|text| text.trim().to_owned())
}

/// As [`trimmed`], where there may be none; goes with `#[serde(default)]`.
pub fn maybe_trimmed<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(input)?.map(|text| text.trim().to_owned()))
}

/// A password that may be taken.
pub fn new_password(text: &str) -> Result<(), ValidationError> {
    check_strength(text).map_err(|problem| match problem {
        PasswordProblem::TooShort => broken("length", "must have at least 8 characters"),
        PasswordProblem::TooLong => broken("length", "must have at most 128 characters"),
        PasswordProblem::TooCommon => {
            broken("common", "is one of the most common passwords; choose another")
        }
    })
}

/// An answer of 1 to 200 characters, not counting white space around it.
pub fn answer(text: &str) -> Result<(), ValidationError> {
    if text.chars().count() <= 200 && !normalize_answer(text).is_empty() {
        return Ok(());
    }
    Err(broken("length", "must be 1 to 200 characters"))
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::unavailable(),
            PasswordError::TooLong => Self::new(&problem::VALIDATION).detail("too long"),
            PasswordError::Unusable | PasswordError::Lost => Self::internal(&error),
        }
    }
}
