//! Errors as a client sees them: RFC 9457 `application/problem+json` with stable types.

use std::borrow::Cow;

use aide::OperationOutput;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use schemars::JsonSchema;
use serde::Serialize;

/// What a handler returns.
pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// One kind of problem: a stable code, its status and what a reader should know about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Last part of the problem's `type`, stable for ever.
    pub code: &'static str,
    /// HTTP status.
    pub status: StatusCode,
    /// Short summary, the same for every occurrence.
    pub title: &'static str,
    /// What it means and what to do about it; shown at `/docs/problems`.
    pub help: &'static str,
}

macro_rules! kinds {
    ($($name:ident $code:literal $status:ident $title:literal $help:literal)*) => {
        $(#[doc = $help] pub const $name: Kind = Kind {
            code: $code, status: StatusCode::$status, title: $title, help: $help,
        };)*
        /// Every kind, in the order of its status.
        pub const KINDS: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    MALFORMED "malformed" BAD_REQUEST "The request cannot be read"
        "The body is not JSON, or a query parameter, header or cursor is not of its form."
    UNAUTHENTICATED "unauthenticated" UNAUTHORIZED "Sign-in is needed"
        "No valid access token came with the request. Refresh it or sign in again."
    FORBIDDEN "forbidden" FORBIDDEN "You may not do that"
        "The token is good, but the caller lacks the role that the route needs, or may read the row and not change it."
    UPGRADE_REQUIRED "upgrade_required" FORBIDDEN "This is for those who pay"
        "It is premium, and the caller has no tier that is paid for, or it is over."
    NOT_FOUND "not-found" NOT_FOUND "Nothing here"
        "There is no such route or resource, or it belongs to someone else."
    METHOD_NOT_ALLOWED "method-not-allowed" METHOD_NOT_ALLOWED "This method is not allowed here"
        "The route exists, but not with this method. The Allow header lists the others."
    CONFLICT "conflict" CONFLICT "The state does not allow this"
        "The resource is in a state from which this move is impossible. `detail` names the moves that are allowed."
    TAKEN "taken" CONFLICT "Already taken"
        "A value that must be unique is in use. `errors` names the field."
    IN_FLIGHT "in-flight" CONFLICT "The same request is still running"
        "Another request with this Idempotency-Key has not finished. Repeat this one a little later."
    PRECONDITION_FAILED "precondition-failed" PRECONDITION_FAILED "It has changed meanwhile"
        "The resource's ETag is none of those in If-Match. Read it again, then repeat the change."
    TOO_LARGE "too-large" PAYLOAD_TOO_LARGE "The body is too large"
        "The request body is over the limit: 1 MiB, and more only where a route takes longer texts."
    UNSUPPORTED "unsupported-media-type" UNSUPPORTED_MEDIA_TYPE "This content type is not understood"
        "Send application/json; PATCH also takes application/merge-patch+json."
    VALIDATION "validation" UNPROCESSABLE_ENTITY "Some values are not valid"
        "The JSON was read, but some values are not acceptable. `errors` names each with a JSON pointer."
    KEY_REUSED "idempotency-key-reused" UNPROCESSABLE_ENTITY "The Idempotency-Key belongs to another request"
        "This key was used before with another method, path or body. Use a new key for a new request."
    TOO_MANY "too-many-requests" TOO_MANY_REQUESTS "Too many attempts"
        "Wait for the seconds given in Retry-After."
    INTERNAL "internal" INTERNAL_SERVER_ERROR "Something went wrong on our side"
        "An error nobody foresaw. Its request id finds it in the logs."
    UNAVAILABLE "unavailable" SERVICE_UNAVAILABLE "Not available right now"
        "The database cannot be reached, or is too busy. Repeat after Retry-After seconds. Nothing half-done is left; with an Idempotency-Key a POST is not done twice, either, should its answer alone have been lost."
}

/// One thing that is wrong with the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) into the body, or the name of a query parameter or header.
    pub pointer: String,
    /// Stable, machine-readable reason, such as `length` or `required`.
    pub code: Cow<'static, str>,
    /// The reason in words.
    pub message: String,
}

/// A problem on its way to the client.
#[derive(Debug, Clone)]
pub struct Problem {
    kind: &'static Kind,
    detail: Option<Cow<'static, str>>,
    errors: Vec<FieldError>,
    retry_after: Option<u64>,
    lost_connection: bool,
}

/// The wire form of a problem.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Problem")]
pub struct ProblemBody<'a> {
    /// What kind of problem, as a stable URI path.
    #[serde(rename = "type")]
    uri: String,
    /// Short summary of the kind.
    title: &'a str,
    /// HTTP status.
    status: u16,
    /// What happened this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    /// Every field that is wrong.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    /// Finds the request in the logs; given when the fault is ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

impl Problem {
    /// A problem of this kind with nothing more to say.
    pub const fn new(kind: &'static Kind) -> Self {
        Self { kind, detail: None, errors: Vec::new(), retry_after: None, lost_connection: false }
    }

    /// Says what happened this time; must hold nothing secret.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Names a field that is wrong.
    #[must_use]
    pub fn field(
        mut self,
        pointer: impl Into<String>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        self.errors.push(FieldError {
            pointer: pointer.into(),
            code: code.into(),
            message: message.into(),
        });
        self
    }

    /// Names every field that is wrong.
    #[must_use]
    pub fn fields(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Tells the client to come back after this many seconds.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Tells the pool that its connections may be dead.
    #[must_use]
    pub const fn lost_connection(mut self) -> Self {
        self.lost_connection = true;
        self
    }

    /// 404 for a row that is not there, or not the caller's.
    pub fn not_found(what: &'static str) -> Self {
        Self::new(&NOT_FOUND).detail(format!("there is no such {what}"))
    }

    /// 422 about one field.
    pub fn invalid(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::new(&VALIDATION).field(pointer, code, message)
    }

    /// 503 that asks the client to come back in a second.
    pub const fn unavailable() -> Self {
        Self::new(&UNAVAILABLE).retry_after(1)
    }

    /// 400 for query parameters that break the rules of their form.
    #[must_use]
    pub fn into_bad_parameters(mut self) -> Self {
        self.kind = &MALFORMED;
        self.detail = Some("a query parameter is out of its bounds".into());
        for error in &mut self.errors {
            error.pointer.remove(0);
        }
        self
    }

    /// 500; the cause goes to the log and nowhere else.
    pub fn internal(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = cause, "internal error");
        Self::new(&INTERNAL)
    }

    /// HTTP status of this problem.
    pub const fn status(&self) -> StatusCode {
        self.kind.status
    }

    /// Whether the database connection was lost on the way.
    pub const fn is_lost_connection(&self) -> bool {
        self.lost_connection
    }

    /// The answer, with the request's id where the fault is ours.
    pub fn render(&self, request_id: Option<&str>) -> Response {
        let body = ProblemBody {
            uri: format!("/docs/problems#{}", self.kind.code),
            title: self.kind.title,
            status: self.kind.status.as_u16(),
            detail: self.detail.as_deref(),
            errors: &self.errors,
            request_id: request_id.filter(|_| self.kind.status.is_server_error()),
        };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (self.kind.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.kind.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl IntoResponse for Problem {
    /// The problem travels along as an extension, so that a layer can add the request's id.
    fn into_response(self) -> Response {
        let mut response = self.render(None);
        response.extensions_mut().insert(self);
        response
    }
}

// Routes list the problems they know by kind.
impl OperationOutput for Problem {
    type Inner = Self;
}
