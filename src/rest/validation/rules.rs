//! Rules that inputs share, for `#[validate(custom(function = …))]`.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value};
use validator::{ValidateUrl, ValidationError};

use crate::database::Timestamp;

/// At most 100 items of 1 to 1,000 characters each.
pub fn lines(items: &[String]) -> Result<(), ValidationError> {
    let fits = |item: &String| (1..=1000).contains(&item.chars().count());
    if items.len() <= 100 && items.iter().all(fits) {
        return Ok(());
    }
    Err(broken("lines", "must be at most 100 items of 1 to 1000 characters"))
}

/// At most 100 items of 1 to 200 characters each: what is searched must fit into an index.
pub fn tags(items: &[String]) -> Result<(), ValidationError> {
    let fits = |item: &String| (1..=200).contains(&item.chars().count());
    if items.len() <= 100 && items.iter().all(fits) {
        return Ok(());
    }
    Err(broken("lines", "must be at most 100 items of 1 to 200 characters"))
}

/// A JSON object of the client's own shape, of at most 64 KiB.
pub fn document(fields: &Map<String, Value>) -> Result<(), ValidationError> {
    document_within(64, fields)
}

/// A JSON object of the client's own shape, of at most 256 KiB.
pub fn large_document(fields: &Map<String, Value>) -> Result<(), ValidationError> {
    document_within(256, fields)
}

fn document_within(kibibytes: usize, fields: &Map<String, Value>) -> Result<(), ValidationError> {
    if serde_json::to_vec(fields).is_ok_and(|json| json.len() <= kibibytes * 1024) {
        return Ok(());
    }
    let message = format!("must be a JSON object of at most {kibibytes} KiB");
    Err(ValidationError::new("document").with_message(Cow::Owned(message)))
}

/// An http or https address of at most 2,000 characters.
pub fn url(text: &str) -> Result<(), ValidationError> {
    let scheme = text.starts_with("https://") || text.starts_with("http://");
    if scheme
        && text.len() <= 2000
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
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

/// At most 100 language tags of BCP 47.
pub fn languages(items: &[String]) -> Result<(), ValidationError> {
    if items.len() <= 100 && items.iter().all(|item| language(item).is_ok()) {
        return Ok(());
    }
    Err(broken("languages", "must be at most 100 language tags, such as en or pt-BR"))
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

/// A name in addresses: small letters and digits, in words joined by single dashes; at most 100.
pub fn slug(text: &str) -> Result<(), ValidationError> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if text.len() <= 100 && text.split('-').all(|word| !word.is_empty() && word.bytes().all(fits)) {
        return Ok(());
    }
    Err(broken("slug", "must be small letters and digits, joined by single -, at most 100 in all"))
}

/// A colour as the web writes it: #rrggbb.
pub fn color(text: &str) -> Result<(), ValidationError> {
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(());
    }
    Err(broken("color", "must be # and six hexadecimal digits"))
}

/// A media type of RFC 6838: two names with a slash between, at most 127 characters.
pub fn media_type(text: &str) -> Result<(), ValidationError> {
    let name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphanumeric())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    if text.len() <= 127 && text.split_once('/').is_some_and(|(kind, own)| name(kind) && name(own))
    {
        return Ok(());
    }
    Err(broken("media_type", "must be a media type, such as application/pdf"))
}

/// An ISO 4217 currency code: three capital letters.
pub fn currency(text: &str) -> Result<(), ValidationError> {
    if text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(broken("currency", "must be three capital letters"))
}

/// A name of the form that time zones have in the IANA database: UTC, or an area and a place. PostgreSQL takes others, too,
/// some of which count the hours the other way round.
pub fn timezone(text: &str) -> Result<(), ValidationError> {
    let area = |part: &str| part.bytes().all(|letter| letter.is_ascii_alphabetic());
    let place = |part: &str| {
        let fits = |letter: u8| letter.is_ascii_alphanumeric() || b"_+-".contains(&letter);
        !part.is_empty() && part.bytes().all(fits)
    };
    let known = text.split_once('/').is_some_and(|(first, rest)| {
        !["", "posix", "right"].contains(&first) && area(first) && rest.split('/').all(place)
    });
    if text == "UTC" || known && text.len() <= 64 {
        return Ok(());
    }
    Err(broken("timezone", "must be the name of a time zone, such as Europe/Lisbon"))
}

/// A time of day to the minute, as in 09:30; the last is 24:00.
pub fn clock(text: &str) -> Result<(), ValidationError> {
    let two = |part: &str| part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_digit());
    let known = text.split_once(':').is_some_and(|(hour, minute)| two(hour) && two(minute))
        && (text < "24:00" && &text[3..] < "60" || text == "24:00");
    if known { Ok(()) } else { Err(broken("clock", "must be a time of day, such as 09:30")) }
}

/// A calendar date between the years 1900 and 2199.
pub fn date(date: &NaiveDate) -> Result<(), ValidationError> {
    year(date.year())
}

/// A moment between the years 1900 and 2199.
pub fn moment(moment: &Timestamp) -> Result<(), ValidationError> {
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
