//! Entity tags (RFC 9110, section 8.8.3), made from `updated_at`, which rises with every change.

use std::convert::Infallible;

use aide::{OperationInput, generate::GenContext, openapi::Operation};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, header, request::Parts},
};
use chrono::DateTime;

use crate::database::Timestamp;

/// The strong tag of a row: its time of change in microseconds, in hexadecimal.
pub fn of(version: Timestamp) -> String {
    format!("\"{:x}\"", version.timestamp_micros())
}

/// The versions that `If-Match` accepts; none when any will do.
#[derive(Debug)]
pub struct IfMatch {
    versions: Option<Vec<Timestamp>>,
    must_exist: bool,
}

/// The versions that the client has already, out of `If-None-Match`.
#[derive(Debug)]
pub struct IfNoneMatch(Option<Vec<Timestamp>>);

impl IfMatch {
    /// For the statement that decides: null accepts every version.
    pub fn versions(&self) -> Option<&[Timestamp]> {
        self.versions.as_deref()
    }

    /// Whether this version is acceptable.
    pub fn accepts(&self, version: Timestamp) -> bool {
        self.versions.as_ref().is_none_or(|versions| versions.contains(&version))
    }

    /// Whether it is acceptable that there is no version yet; `If-Match: *` says that it is not.
    pub const fn accepts_absence(&self) -> bool {
        !self.must_exist
    }
}

impl IfNoneMatch {
    /// Whether the client has this version already.
    pub fn has(&self, version: Timestamp) -> bool {
        self.0.as_ref().is_some_and(|versions| versions.contains(&version))
    }
}

/// The versions that a header lists; `*` and absence give none. A tag that is not ours matches nothing.
fn versions(headers: &HeaderMap, name: &HeaderName, weak: bool) -> Option<Vec<Timestamp>> {
    let mut tags = headers
        .get_all(name)
        .iter()
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(str::trim)
        .peekable();
    tags.peek()?;
    let mut versions = Vec::new();
    for tag in tags {
        if tag == "*" {
            return None;
        }
        versions.extend(parse(if weak { tag.trim_start_matches("W/") } else { tag }));
    }
    Some(versions)
}

fn parse(tag: &str) -> Option<Timestamp> {
    let digits = tag.strip_prefix('"')?.strip_suffix('"')?;
    DateTime::from_timestamp_micros(i64::from_str_radix(digits, 16).ok()?).map(Timestamp::from)
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self {
            versions: versions(&parts.headers, &header::IF_MATCH, false),
            must_exist: parts.headers.contains_key(header::IF_MATCH),
        })
    }
}

impl<S: Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(versions(&parts.headers, &header::IF_NONE_MATCH, true)))
    }
}

impl OperationInput for IfMatch {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        super::openapi::header(operation, "If-Match", "Change only this version: its ETag.");
    }
}

impl OperationInput for IfNoneMatch {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        super::openapi::header(operation, "If-None-Match", "Answer 304 if this ETag is current.");
    }
}
