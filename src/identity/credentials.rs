//! What people sign in with, as it comes in: trimmed, and checked by the same bounds as the table.

use lettre::Address;
use serde::{Deserialize, Deserializer};
use validator::ValidationError;

use super::secrets::{
    password::PasswordError,
    strength::{PasswordProblem, check_strength, normalize_answer},
};
use crate::rest::{problem::Problem, validation::rules::broken};

/// Text without the white space around it, for `#[serde(deserialize_with = …)]`.
pub fn trimmed<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    String::deserialize(input).map(|text| text.trim().to_owned())
}

/// As [`trimmed`], where there may be none; goes with `#[serde(default)]`.
pub fn maybe_trimmed<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(input)?.map(|text| text.trim().to_owned()))
}

/// An e-mail address of at most 254 characters that mail can be sent to.
pub fn email(text: &str) -> Result<(), ValidationError> {
    let plain = text.matches('@').count() == 1
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    if plain && text.chars().count() <= 254 && text.parse::<Address>().is_ok() {
        return Ok(());
    }
    Err(broken("email", "must be an e-mail address of at most 254 characters"))
}

/// A telephone number in E.164.
pub fn phone(text: &str) -> Result<(), ValidationError> {
    let digits = text.strip_prefix('+').unwrap_or_default().as_bytes();
    if (7..=15).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && digits.first() != Some(&b'0')
    {
        return Ok(());
    }
    Err(broken("phone", "must be + and 7 to 15 digits, the first not 0"))
}

/// A name that is neither an e-mail address nor a telephone number.
pub fn username(text: &str) -> Result<(), ValidationError> {
    let known = |letter: u8| letter.is_ascii_alphanumeric() || b"._-".contains(&letter);
    if (3..=50).contains(&text.len())
        && text.bytes().all(known)
        && text.bytes().any(|letter| letter.is_ascii_alphabetic())
    {
        return Ok(());
    }
    Err(broken("username", "must be 3 to 50 letters, at least one, digits or . _ -"))
}

/// A BCP 47 tag of at most 35 characters.
pub fn language(text: &str) -> Result<(), ValidationError> {
    let mut parts = text.split('-');
    let primary = parts.next().is_some_and(|part| {
        (2..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphabetic())
    });
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
    });
    if primary && rest && text.len() <= 35 {
        return Ok(());
    }
    Err(broken("language", "must be a BCP 47 tag, such as en or pt-BR"))
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
            PasswordError::TooLong | PasswordError::Unusable | PasswordError::Lost => {
                Self::internal(&error)
            }
        }
    }
}
