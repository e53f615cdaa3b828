//! Extractors: strict JSON bodies, query parameters and ids, each failing with a [`Problem`].

use std::time::Duration;

use aide::{OperationInput, generate::GenContext, openapi::Operation};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
};
use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IntoDeserializer},
};
use serde_json::Value;
use tokio::time::timeout;
use uuid::Uuid;
use validator::Validate;

use super::{
    idempotency::Key,
    problem::{self, Problem},
    validation,
};

/// A body that is not whole by then is not waited for any longer.
const BODY_WITHIN: Duration = Duration::from_secs(10);

/// A validated JSON body.
#[derive(Debug)]
pub struct Valid<T>(pub T);

/// A validated JSON body of a POST, with the `Idempotency-Key` it came with.
#[derive(Debug)]
pub struct Post<T> {
    /// The body.
    pub input: T,
    /// Makes a repeat of this request harmless.
    pub key: Option<Key>,
}

/// The body of a POST that has nothing to say: empty or `{}`.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A JSON Merge Patch (RFC 7396): absent keeps, null clears, a value sets.
#[derive(Debug)]
pub struct MergePatch(pub Value);

/// Validated query parameters; unknown ones are refused.
#[derive(Debug)]
pub struct Params<T>(pub T);

/// Ids in the path; what is no id is not found.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Validate> FromRequest<S> for Valid<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let body = read(request, state, &["application/json"]).await?;
        validation::parse(&body).map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Validate> FromRequest<S> for Post<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let mut key = Key::from_parts(&parts)?;
        let request = Request::from_parts(parts, body);
        let body = read(request, state, &["application/json"]).await?;
        if let Some(key) = &mut key {
            key.bind(&body);
        }
        Ok(Self { input: validation::parse(&body)?, key })
    }
}

impl<S: Send + Sync> FromRequest<S> for MergePatch {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let types = ["application/merge-patch+json", "application/json"];
        let body = read(request, state, &types).await?;
        validation::refuse_nul(&body)?;
        let patch: Value = serde_json::from_slice(&body).map_err(|error| {
            let number = error.to_string().starts_with("number out of range");
            match number {
                true => Problem::invalid("", "type", "a number is out of range"),
                false => malformed(format!("the body is not JSON: {error}")),
            }
        })?;
        match patch {
            Value::Object(_) => Ok(Self(patch)),
            _ => Err(Problem::invalid("", "type", "a merge patch is a JSON object")),
        }
    }
}

async fn read<S: Send + Sync>(
    request: Request,
    state: &S,
    types: &[&str],
) -> Result<Bytes, Problem> {
    let empty = request.headers().get(header::CONTENT_LENGTH).is_none_or(|length| length == "0")
        && !request.headers().contains_key(header::TRANSFER_ENCODING);
    if !empty && !has_type(request.headers(), types) {
        return Err(Problem::new(&problem::UNSUPPORTED).detail(format!("send {}", types[0])));
    }
    let body = timeout(BODY_WITHIN, Bytes::from_request(request, state))
        .await
        .map_err(|_| malformed("the body did not come in time"))?
        .map_err(|rejection| match rejection.status().as_u16() {
            413 => Problem::new(&problem::TOO_LARGE),
            _ => malformed("the body ended early"),
        })?;
    // A POST that has nothing to say need not send `{}`.
    Ok(if body.is_empty() { Bytes::from_static(b"{}") } else { body })
}

fn has_type(headers: &HeaderMap, types: &[&str]) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|essence| types.iter().any(|one| one.eq_ignore_ascii_case(essence.trim())))
}

fn malformed(detail: impl Into<std::borrow::Cow<'static, str>>) -> Problem {
    Problem::new(&problem::MALFORMED).detail(detail)
}

impl<S: Sync, T: DeserializeOwned + Validate> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        let value: T = serde_path_to_error::deserialize(pairs).map_err(|error| {
            let (path, message) = (error.path().to_string(), error.inner().to_string());
            let missing =
                message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
            let name =
                missing.or_else(|| path.split(['.', '[']).next()).unwrap_or_default().to_owned();
            malformed("a query parameter is not of its form").field(name, "parameter", message)
        })?;
        if query.contains("%00") {
            return Err(malformed("a query parameter contains a NUL character"));
        }
        validation::check(&value).map_err(Problem::into_bad_parameters)?;
        Ok(Self(value))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(ids)| Self(ids))
            .map_err(|_| Problem::not_found("resource"))
    }
}

/// A query parameter with several values: repeated, separated by commas, or both.
pub fn several<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    parameter: D,
) -> Result<Vec<T>, D::Error> {
    Vec::<String>::deserialize(parameter)?
        .iter()
        .flat_map(|values| values.split(','))
        .map(|value| T::deserialize(value.to_owned().into_deserializer()))
        .collect()
}

/// `{id}` in a path, as OpenAPI needs it: by name.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub struct Id {
    /// The resource's id.
    pub id: Uuid,
}

/// `{id}` and `{itemId}` in a path: what hangs below a parent.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The parent's id.
    pub id: Uuid,
    /// Its own id.
    pub item_id: Uuid,
}

macro_rules! documented_as {
    ($($own:ident as $known:ty),* $(,)?) => {$(
        impl<T: JsonSchema> OperationInput for $own<T> {
            fn operation_input(context: &mut GenContext, operation: &mut Operation) {
                <$known>::operation_input(context, operation);
            }
        }
    )*};
}

documented_as! {
    Valid as axum::Json<T>,
    Params as axum::extract::Query<T>,
    Path as axum::extract::Path<T>,
}

impl<T: JsonSchema> OperationInput for Post<T> {
    fn operation_input(context: &mut GenContext, operation: &mut Operation) {
        Valid::<T>::operation_input(context, operation);
        Key::operation_input(context, operation);
    }
}

// Its body is documented where the route is, by the fields that it may patch.
impl OperationInput for MergePatch {}
