//! Answers with their status, `ETag` and `Location`, serialized once so that they can be replayed.

use aide::OperationOutput;
use axum::{
    body::Bytes,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{
    etag,
    problem::{Problem, Result},
};
use crate::database::Timestamp;

/// A row that has an id and a version.
pub trait Entity: Serialize {
    /// Its id.
    fn id(&self) -> Uuid;
    /// When it last changed; rises with every change.
    fn version(&self) -> Timestamp;

    /// Fields with somebody's words, which are null in what is kept as the answer to an `Idempotency-Key`: `subject`, or
    /// `events/note` for that of every item of a list.
    const WORDS: &'static [&'static str] = &[];

    /// What of it may be kept, where that is not all of it.
    fn kept(&self) -> Option<Value> {
        if Self::WORDS.is_empty() {
            return None;
        }
        let mut kept = serde_json::to_value(self).ok()?;
        for field in Self::WORDS {
            match field.split_once('/') {
                None => kept[*field] = Value::Null,
                Some((list, field)) => {
                    kept[list]
                        .as_array_mut()?
                        .iter_mut()
                        .for_each(|item| item[field] = Value::Null);
                }
            }
        }
        Some(kept)
    }
}

/// Implements [`Entity`] for rows with the fields `id` and `updated_at`; `words` names those that are nobody else's to keep.
#[macro_export]
macro_rules! entity {
    ($row:ty, words: $words:expr) => {
        impl $crate::rest::reply::Entity for $row {
            const WORDS: &'static [&'static str] = &$words;

            fn id(&self) -> ::uuid::Uuid {
                self.id
            }

            fn version(&self) -> $crate::database::Timestamp {
                self.updated_at
            }
        }
    };
    ($($row:ty),+ $(,)?) => {
        $($crate::entity!($row, words: []);)+
    };
}

/// A successful answer.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: StatusCode,
    /// JSON, empty with 204.
    pub body: Bytes,
    /// Tag of the row in the body.
    pub etag: Option<String>,
    /// Where a new row is found.
    pub location: Option<String>,
    /// JSON that is kept for an `Idempotency-Key` in the body's stead; none: the body.
    pub kept: Option<Bytes>,
}

impl Reply {
    /// 200 with any JSON.
    pub fn json(value: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_vec(value).map_err(|error| Problem::internal(&error))?;
        Ok(Self {
            status: StatusCode::OK,
            body: body.into(),
            etag: None,
            location: None,
            kept: None,
        })
    }

    /// 200 with a row and its tag.
    pub fn row(row: &impl Entity) -> Result<Self> {
        let kept = row.kept().map(|kept| Bytes::from(kept.to_string()));
        Ok(Self { etag: Some(etag::of(row.version())), kept, ..Self::json(row)? })
    }

    /// 201 with a new row, its tag and its place under `collection`.
    pub fn created(collection: &str, row: &impl Entity) -> Result<Self> {
        let location = format!("{}/{}", collection.trim_end_matches('/'), row.id());
        Ok(Self { status: StatusCode::CREATED, location: Some(location), ..Self::row(row)? })
    }

    /// 202 with a new row that will be worked on.
    pub fn accepted(collection: &str, row: &impl Entity) -> Result<Self> {
        Ok(Self { status: StatusCode::ACCEPTED, ..Self::created(collection, row)? })
    }

    /// 204.
    pub const fn no_content() -> Self {
        let body = Bytes::new();
        Self { status: StatusCode::NO_CONTENT, body, etag: None, location: None, kept: None }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::NO_CONTENT {
            headers.remove(header::CONTENT_TYPE);
        } else {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in [(header::ETAG, self.etag), (header::LOCATION, self.location)] {
            if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
                headers.insert(name, value);
            }
        }
        response
    }
}

// Each route says itself what it answers: status and schema differ where the type is the same.
impl OperationOutput for Reply {
    type Inner = Self;
}
