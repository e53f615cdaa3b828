//! Documentation that the binary carries: the API reference and the list of problems.

use std::fmt::Write;

use aide::redoc::Redoc;
use axum::{
    Router,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;

use crate::{App, rest::problem::KINDS};

/// The reference page carries its script and style with it and loads nothing else.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
    img-src 'self' data:; font-src data:; worker-src blob:; connect-src 'self'; frame-ancestors 'none'";

/// `/openapi.json`, `/docs` and `/docs/problems`.
pub fn routes(openapi: Bytes) -> Router<App> {
    let reference = Bytes::from(Redoc::new("/openapi.json").with_title("Trellis API").html());
    let problems = Bytes::from(problems());
    Router::new()
        .route("/openapi.json", get(async move || json(openapi.clone())))
        .route("/docs", get(async move || page(reference.clone())))
        .route("/docs/problems", get(async move || page(problems.clone())))
}

fn json(document: Bytes) -> Response {
    let json = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json)], document).into_response()
}

fn page(html: Bytes) -> Response {
    let policy = HeaderValue::from_static(POLICY);
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response()
}

fn problems() -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Trellis: problems</title>\
         <style>body{font:16px/1.5 system-ui;max-width:44rem;margin:3rem auto;padding:0 1rem}\
         code{background:#eee;padding:.1em .3em}</style><h1>Problems</h1>\
         <p>Errors are <code>application/problem+json</code> (RFC 9457). Their <code>type</code> is one of these.</p>",
    );
    for kind in KINDS {
        let (code, status, title, help) = (kind.code, kind.status.as_u16(), kind.title, kind.help);
        // Writing to a String cannot fail.
        let _ = write!(
            page,
            "<h2 id=\"{code}\"><code>{code}</code> &middot; {status}</h2><p><b>{title}.</b> {help}</p>"
        );
    }
    page
}
