//! Values and bounds of criteria in words, always the same ones.

use serde_json::{Value, json};

use super::facts::{currency, test};
use crate::migratio::{CriterionType, EligibilityCriterion};

/// The levels of the Common European Framework of Reference, from 1.
const LEVELS: [&str; 6] = ["A1", "A2", "B1", "B2", "C1", "C2"];

/// The degrees by their levels of ISCED 2011, from 3: as profiles name them, and in words.
const DEGREES: [(&str, &str); 6] = [
    ("highSchool", "high school"),
    ("certificate", "a certificate"),
    ("diploma", "a diploma"),
    ("bachelor", "a bachelor's degree"),
    ("master", "a master's degree"),
    ("doctorate", "a doctorate"),
];

/// A value of a criterion in words.
pub fn said(criterion: &EligibilityCriterion, value: f64) -> String {
    match criterion.criterion_type {
        CriterionType::Age | CriterionType::WorkExperience => plural(value, "year"),
        CriterionType::Education => match degree(value) {
            Some((_, words)) => words.to_owned(),
            None if value == 0.0 => "nothing completed".to_owned(),
            None => format!("level {} of ISCED", number(value)),
        },
        CriterionType::Language => match test(criterion) {
            Some(test) => format!("{test} {}", number(value)),
            None if value == 0.0 => "none".to_owned(),
            None => level(value).map_or_else(|| format!("level {}", number(value)), str::to_owned),
        },
        CriterionType::Financial => format!("{} {}", number(value), currency(criterion)),
        CriterionType::Family | CriterionType::Other => number(value),
    }
}

/// What a criterion asks for, in words.
pub fn asked(criterion: &EligibilityCriterion) -> String {
    let said = |value| said(criterion, value);
    match (criterion.min_value, criterion.max_value) {
        (None, None) => "any".to_owned(),
        (Some(min), None) => format!("at least {}", said(min)),
        (None, Some(max)) => format!("at most {}", said(max)),
        (Some(min), Some(max)) => format!("{} to {}", said(min), said(max)),
    }
}

/// A value of a criterion as a gap names it: a degree and a level by their names, anything else as a number.
pub fn named(criterion: &EligibilityCriterion, value: f64) -> Value {
    let name = match criterion.criterion_type {
        CriterionType::Education => degree(value).map(|(name, _)| name),
        CriterionType::Language if test(criterion).is_none() => level(value),
        _ => None,
    };
    name.map_or_else(|| json!(value), |name| json!(name))
}

/// So many of something: `1 year`, `2.5 years`.
pub fn plural(value: f64, one: &str) -> String {
    let number = number(value);
    let ending = if number == "1" { "" } else { "s" };
    format!("{number} {one}{ending}")
}

/// A number with at most two decimals, and its thousands apart.
pub fn number(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{grouped}{point}{decimals}")
}

fn level(value: f64) -> Option<&'static str> {
    (1_u8..)
        .zip(LEVELS)
        .find(|(at, _)| f64::from(*at).total_cmp(&value).is_eq())
        .map(|(_, name)| name)
}

fn degree(value: f64) -> Option<(&'static str, &'static str)> {
    (3_u8..)
        .zip(DEGREES)
        .find(|(at, _)| f64::from(*at).total_cmp(&value).is_eq())
        .map(|(_, names)| names)
}
