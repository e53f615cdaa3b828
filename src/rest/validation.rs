//! Turns what serde and validator found wrong into [`FieldError`]s with JSON pointers.

use std::fmt::Write;

use serde::de::DeserializeOwned;
use serde_json::{Value, error::Category};
use serde_path_to_error::Segment;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::problem::{self, FieldError, Problem, Result};

/// Reads JSON into `T` and checks every rule that `T` declares.
pub fn parse<T: DeserializeOwned + Validate>(json: &[u8]) -> Result<T> {
    refuse_nul(json)?;
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value: T = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| from_serde(&pointer(error.path()), error.inner()))?;
    reader.end().map_err(|error| from_serde("", &error))?;
    check(&value)?;
    Ok(value)
}

/// Reads a JSON value into `T`, as [`parse`] does.
pub fn parse_value<T: DeserializeOwned + Validate>(json: Value) -> Result<T> {
    let value: T = serde_path_to_error::deserialize(json)
        .map_err(|error| from_serde(&pointer(error.path()), error.inner()))?;
    check(&value)?;
    Ok(value)
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

fn from_serde(pointer: &str, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    if error.classify() != Category::Data && !message.starts_with("number out of range") {
        return Problem::new(&problem::MALFORMED).detail(format!("the body is not JSON: {error}"));
    }
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

/// `snake_case` to the `camelCase` of the wire.
pub fn camel(snake: &str) -> String {
    let mut parts = snake.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut name, part| {
        let mut letters = part.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
        name
    })
}

/// Rules that inputs share, for `#[validate(custom(function = …))]`.
pub mod rules {
    use std::borrow::Cow;

    use chrono::{DateTime, Datelike, NaiveDate, Utc};
    use validator::{ValidateUrl, ValidationError};

    /// At most 100 items of 1 to 1,000 characters each.
    pub fn lines(items: &[String]) -> Result<(), ValidationError> {
        let fits = |item: &String| (1..=1000).contains(&item.chars().count());
        if items.len() <= 100 && items.iter().all(fits) {
            return Ok(());
        }
        Err(broken("lines", "must be at most 100 items of 1 to 1000 characters"))
    }

    /// An http or https address of at most 2,000 characters.
    pub fn url(text: &str) -> Result<(), ValidationError> {
        let scheme = text.starts_with("https://") || text.starts_with("http://");
        if scheme
            && text.len() <= 2000
            && !text.contains(char::is_whitespace)
            && text.validate_url()
        {
            return Ok(());
        }
        Err(broken("url", "must be an http or https address of at most 2000 characters"))
    }

    /// A telephone number in E.164.
    pub fn phone(text: &str) -> Result<(), ValidationError> {
        let digits = text.strip_prefix('+').unwrap_or_default();
        if (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|digit| digit.is_ascii_digit())
        {
            return Ok(());
        }
        Err(broken("phone", "must be + and 7 to 15 digits, the first not 0"))
    }

    /// An e-mail address of at most 254 characters that mail can be sent to.
    pub fn email(text: &str) -> Result<(), ValidationError> {
        let plain = text.matches('@').count() == 1
            && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
        if plain && text.chars().count() <= 254 && text.parse::<lettre::Address>().is_ok() {
            return Ok(());
        }
        Err(broken("email", "must be an e-mail address of at most 254 characters"))
    }

    /// A language tag of BCP 47.
    pub fn language(text: &str) -> Result<(), ValidationError> {
        let mut parts = text.split('-');
        let first = parts.next().unwrap_or_default();
        if text.len() <= 35
            && (2..=8).contains(&first.len())
            && first.bytes().all(|letter| letter.is_ascii_alphabetic())
            && parts.all(|part| {
                (1..=8).contains(&part.len())
                    && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
            })
        {
            return Ok(());
        }
        Err(broken("language", "must be a language tag, such as en or pt-BR"))
    }

    /// A name to sign in with; it looks neither like an e-mail address nor like a telephone number.
    pub fn username(text: &str) -> Result<(), ValidationError> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if (3..=50).contains(&text.len())
            && text.bytes().all(fits)
            && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        {
            return Ok(());
        }
        Err(broken("username", "must be 3 to 50 letters (at least one), digits, . _ or -"))
    }

    /// A word that programs compare: a letter, then letters, digits, `_`, `.`, `-`; at most 64.
    pub fn code(text: &str) -> Result<(), ValidationError> {
        let rest = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        if text.len() <= 64
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(rest)
        {
            return Ok(());
        }
        Err(broken("code", "must be a letter, then letters, digits, _ . -, at most 64 in all"))
    }

    /// An ISO 4217 currency code: three capital letters.
    pub fn currency(text: &str) -> Result<(), ValidationError> {
        if text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Ok(());
        }
        Err(broken("currency", "must be three capital letters"))
    }

    /// A name of the form that time zones have in the IANA database.
    pub fn timezone(text: &str) -> Result<(), ValidationError> {
        let fits = |letter: u8| letter.is_ascii_alphanumeric() || b"_+/-".contains(&letter);
        if text.len() <= 64
            && text.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && text.bytes().all(fits)
        {
            return Ok(());
        }
        Err(broken("timezone", "must be the name of a time zone, such as Europe/Lisbon"))
    }

    /// A calendar date between the years 1900 and 2199.
    pub fn date(date: &NaiveDate) -> Result<(), ValidationError> {
        year(date.year())
    }

    /// A moment between the years 1900 and 2199.
    pub fn moment(moment: &DateTime<Utc>) -> Result<(), ValidationError> {
        year(moment.year())
    }

    /// From one day to another that is not before it, or going on and open.
    pub fn period(
        start: NaiveDate,
        end: Option<NaiveDate>,
        is_current: bool,
    ) -> Result<(), ValidationError> {
        match end {
            Some(_) if is_current => {
                Err(broken_at("endDate", "order", "must be absent when isCurrent is true"))
            }
            Some(end) if end < start => {
                Err(broken_at("endDate", "order", "must not be before startDate"))
            }
            _ => Ok(()),
        }
    }

    fn year(year: i32) -> Result<(), ValidationError> {
        if (1900..2200).contains(&year) {
            return Ok(());
        }
        Err(broken("date", "must be between the years 1900 and 2199"))
    }

    /// An error with a message.
    pub fn broken(code: &'static str, message: &'static str) -> ValidationError {
        ValidationError::new(code).with_message(Cow::Borrowed(message))
    }

    /// An error of a rule over several fields, laid at the door of one (its JSON name).
    pub fn broken_at(field: &str, code: &'static str, message: &'static str) -> ValidationError {
        let mut error = broken(code, message);
        error.add_param(Cow::Borrowed("field"), &field);
        error
    }
}
