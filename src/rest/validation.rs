//! Turns what serde and validator found wrong into [`FieldError`]s with JSON pointers.

pub mod rules;
mod strict;

use std::fmt::Write;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use serde_path_to_error::Segment;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use self::strict::Strict;
use super::problem::{self, FieldError, Problem, Result};

/// Reads JSON into `T` and checks every rule that `T` declares.
pub fn parse<T: DeserializeOwned + Validate>(json: &[u8]) -> Result<T> {
    refuse_nul(json)?;
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        // serde_json calls some wrong types a wrong syntax, such as null for an enum, and a wrong
        // encoding a wrong type.
        if let Err(error) = std::str::from_utf8(json) {
            return malformed(&error);
        }
        let syntax = serde_json::from_slice::<IgnoredAny>(json).err();
        syntax.map_or_else(
            || from_serde(&pointer(error.path()), error.inner()),
            |error| malformed(&error),
        )
    })?;
    reader.end().map_err(|error| malformed(&error))?;
    if json.contains(&b'[') {
        refuse_arrays_for_objects::<T>(json)?;
    }
    check(&value)?;
    Ok(value)
}

/// Reads a JSON value into `T`, as [`parse`] does.
pub fn parse_value<T: DeserializeOwned + Validate>(json: Value) -> Result<T> {
    let value: T = read_strictly(json)?;
    check(&value)?;
    Ok(value)
}

/// What was read as `T` is read once more, by somebody who does not take an array for a struct.
fn refuse_arrays_for_objects<T: DeserializeOwned>(json: &[u8]) -> Result<()> {
    let value = serde_json::from_slice(json).map_err(|error| malformed(&error))?;
    read_strictly::<T>(value).map(drop)
}

fn read_strictly<T: DeserializeOwned>(json: Value) -> Result<T> {
    serde_path_to_error::deserialize(Strict(json))
        .map_err(|error| from_serde(&pointer(error.path()), error.inner()))
}

/// Checks every rule that `T` declares, and reports all that are broken.
pub fn check(value: &impl Validate) -> Result<()> {
    value.validate().map_err(|errors| {
        let mut found = Vec::new();
        collect(&errors, "", &mut found);
        found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        Problem::new(&problem::VALIDATION).fields(found)
    })
}

/// PostgreSQL cannot store NUL in text, so it is refused at the edge.
pub fn refuse_nul(json: &[u8]) -> Result<()> {
    if !json.windows(6).any(|window| window == b"\\u0000") {
        return Ok(());
    }
    let Ok(value) = serde_json::from_slice::<Value>(json) else { return Ok(()) };
    match find_nul(&value) {
        Some(pointer) => Err(Problem::invalid(&pointer, "nul", "must not contain NUL characters")),
        None => Ok(()),
    }
}

fn find_nul(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| Some(format!("/{index}{}", find_nul(item)?))),
        Value::Object(fields) => fields.iter().find_map(|(name, field)| {
            if name.contains('\0') {
                return Some(String::new());
            }
            Some(format!("/{}{}", escape(name), find_nul(field)?))
        }),
        _ => None,
    }
}

/// RFC 6901 escaping of one reference token.
fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    path.iter().fold(String::new(), |mut pointer, segment| {
        match segment {
            Segment::Seq { index } => write!(pointer, "/{index}"),
            Segment::Map { key } => write!(pointer, "/{}", escape(key)),
            Segment::Enum { .. } | Segment::Unknown => Ok(()),
        }
        .unwrap_or_default();
        pointer
    })
}

fn malformed(error: &dyn std::error::Error) -> Problem {
    Problem::new(&problem::MALFORMED).detail(format!("the body is not JSON: {error}"))
}

fn from_serde(pointer: &str, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let named = || message.split('`').nth(1).map(escape).unwrap_or_default();
    if message.starts_with("missing field") {
        return Problem::invalid(&format!("{pointer}/{}", named()), "required", "is required");
    }
    if message.starts_with("unknown field") {
        let name = format!("/{}", named());
        let parent = pointer.strip_suffix(&name).unwrap_or(pointer);
        return Problem::invalid(
            &format!("{parent}{name}"),
            "unknown_field",
            "is no field of this resource",
        );
    }
    Problem::invalid(pointer, "type", message)
}

fn collect(errors: &ValidationErrors, parent: &str, found: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let pointer =
            if name == "__all__" { parent.to_owned() } else { format!("{parent}/{}", camel(name)) };
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &pointer, found),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    collect(inner, &format!("{pointer}/{index}"), found);
                }
            }
            ValidationErrorsKind::Field(rules) => {
                found.extend(rules.iter().map(|rule| describe(&pointer, rule)));
            }
        }
    }
}

fn describe(pointer: &str, rule: &ValidationError) -> FieldError {
    let bound = |name| rule.params.get(name).filter(|value: &&Value| !value.is_null());
    let unit = if rule.code == "length" { " characters or items" } else { "" };
    let message = match (&rule.message, bound("min"), bound("max")) {
        (Some(message), ..) => message.to_string(),
        (None, Some(min), Some(max)) => format!("must be {min} to {max}{unit}"),
        (None, Some(min), None) => format!("must be at least {min}{unit}"),
        (None, None, Some(max)) => format!("must be at most {max}{unit}"),
        (None, None, None) => format!("is no valid {}", rule.code),
    };
    // A rule over several fields names the one to mend.
    let field = rule.params.get("field").and_then(Value::as_str);
    let pointer = field.map_or_else(|| pointer.to_owned(), |field| format!("{pointer}/{field}"));
    FieldError { pointer, code: rule.code.clone(), message }
}

/// `snake_case` to the `camelCase` of the wire; a name that is a word of Rust's comes as `r#type`.
pub fn camel(snake: &str) -> String {
    let mut parts = snake.trim_start_matches("r#").split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut name, part| {
        let mut letters = part.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}
