//! The OpenAPI document: complete, and what the repository holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use reqwest::Method;
use serde_json::Value;
use trellis::rest::problem::KINDS;

use crate::support::{Caller, TestApp, source};

/// The methods of an OpenAPI path item.
pub const METHODS: [Method; 5] =
    [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// What patients look at before they sign in.
const OPEN: [&str; 3] =
    ["/v1/visitnow/providers", "/v1/visitnow/providers/{id}", "/v1/visitnow/providers/{id}/slots"];

/// One operation of the document.
pub struct Operation {
    pub id: String,
    pub method: Method,
    pub path: String,
    pub body: Value,
}

/// The document that the binary generates.
pub fn document() -> Value {
    serde_json::from_str(&trellis::server::openapi()).unwrap()
}

/// Every operation of the document.
pub fn operations(document: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in METHODS {
            let Some(body) = item.get(method.as_str().to_lowercase()) else { continue };
            let id = body["operationId"].as_str().unwrap_or_default().to_owned();
            found.push(Operation { id, method, path: path.clone(), body: body.clone() });
        }
    }
    found
}

impl Operation {
    /// Nobody need sign in for it.
    pub fn is_public(&self) -> bool {
        let signs_in =
            self.path.starts_with("/v1/auth/") && !self.path.starts_with("/v1/auth/logout");
        signs_in || self.method == Method::GET && OPEN.contains(&self.path.as_str())
    }

    fn responds(&self, status: u16) -> bool {
        self.body["responses"].get(status.to_string()).is_some()
    }
}

#[test]
fn the_document_in_the_repository_is_current() {
    let path = source::root().join("docs/openapi.json");
    let known = fs::read_to_string(&path).unwrap_or_default();
    let same = known == trellis::server::openapi();
    assert!(same, "docs/openapi.json is out of date: cargo run -- openapi > docs/openapi.json");
}

#[tokio::test]
async fn the_document_is_served() {
    let app = TestApp::new().await;
    let served = app.anonymous().get("/openapi.json").await;
    assert_eq!(served.header("content-type"), "application/json");
    assert_eq!(served.ok(200), document());
}

#[test]
fn every_operation_says_what_it_is() {
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    let tags: BTreeSet<&str> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    let mut ids = BTreeSet::new();
    for operation in operations(&document) {
        let Operation { id, method, path, body } = &operation;
        let place = format!("{method} {path} ({id})");
        assert!(!id.is_empty() && ids.insert(id.clone()), "{place}: its id is missing or taken");
        assert!(!body["summary"].as_str().unwrap_or_default().is_empty(), "{place}: no summary");
        let tag = body["tags"][0].as_str().unwrap_or_default();
        assert!(tags.contains(tag), "{place}: no tag that is declared");
        for parameter in body["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{place}: {parameter}: no description");
        }
        if path.contains('{') {
            let named = body["parameters"].to_string();
            let name = path.split(['{', '}']).nth(1).unwrap();
            assert!(named.contains(&format!(r#""name":"{name}""#)), "{place}: no {{{name}}}");
        }
    }
}

#[test]
fn every_operation_says_how_it_fails() {
    let document = document();
    for operation in operations(&document) {
        let Operation { id, method, path, body } = &operation;
        let place = format!("{method} {path} ({id})");
        let responses = body["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{place}: no success");
        for (status, response) in responses {
            assert!(!response["description"].as_str().unwrap().is_empty(), "{place} {status}");
            if status.as_str() >= "400" {
                let problem = &response["content"]["application/problem+json"]["schema"];
                assert!(problem.is_object(), "{place} {status}: no problem");
            }
        }
        let secured = body["security"] == serde_json::json!([{"accessToken": []}]);
        assert_eq!(secured, !operation.is_public(), "{place}: security");
        let mut wanted = vec![500, 503];
        wanted.extend(secured.then_some(401));
        wanted.extend(path.contains('{').then_some(404));
        if body.get("requestBody").is_some() {
            wanted.extend([400, 413, 415, 422]);
        }
        if body["parameters"].to_string().contains(r#""in":"query""#) {
            wanted.push(400);
        }
        if body["parameters"].to_string().contains(r#""name":"If-Match""#) {
            wanted.push(412);
        }
        for status in wanted {
            assert!(operation.responds(status), "{place}: {status} is not described");
        }
    }
}

#[test]
fn every_body_has_an_example() {
    for operation in operations(&document()) {
        let Some(request) = operation.body.get("requestBody") else { continue };
        for (media, content) in request["content"].as_object().unwrap() {
            let nothing = content["schema"].to_string().contains("Nothing");
            let place = format!("{} {media}", operation.id);
            assert!(nothing || content["example"].is_object(), "{place}: no example");
        }
    }
}

#[test]
fn every_reference_resolves_and_every_field_is_described() {
    let document = document();
    let mut bare = Vec::new();
    walk(&document, "", &mut |place, value| {
        if let Some(target) = value.get("$ref").and_then(Value::as_str) {
            let found = document.pointer(target.trim_start_matches('#'));
            assert!(found.is_some(), "{place}: {target} is nowhere");
        }
        let Some(properties) = value.get("properties").and_then(Value::as_object) else { return };
        for (name, property) in properties {
            if property["description"].as_str().is_none_or(str::is_empty) && property.is_object() {
                bare.push(format!("{place}: {name}"));
            }
        }
    });
    assert!(bare.is_empty(), "fields without a doc comment: {bare:#?}");
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let generic = name.contains('_');
        assert!(generic || schema["description"].is_string(), "{name} has no description");
    }
}

fn walk(value: &Value, place: &str, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => {
            visit(place, value);
            for (name, field) in fields {
                walk(field, &format!("{place}/{name}"), visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{place}/{index}"), visit);
            }
        }
        _ => {}
    }
}

/// Routes that are no part of the API.
const UNDOCUMENTED: [&str; 6] =
    ["/docs", "/docs/problems", "/healthz", "/metrics", "/openapi.json", "/readyz"];

#[test]
fn every_route_is_documented() {
    let plain = regex::Regex::new(r#"\.route\(\s*"([^"]*)""#).unwrap();
    let mut routes = BTreeMap::new();
    for (file, text) in source::files("src", "rs") {
        for found in plain.captures_iter(&text) {
            routes.insert(found[1].to_owned(), file.clone());
        }
    }
    let routes: Vec<&str> = routes.keys().map(String::as_str).collect();
    assert_eq!(routes, UNDOCUMENTED, "routes of the API are added by api_route");
}

#[tokio::test]
async fn every_documented_operation_is_served() {
    let app = TestApp::new().await;
    for operation in operations(&document()) {
        let path = operation.path.replace(['{', '}'], "");
        let served = app.anonymous().raw(operation.method.clone(), &path, "text/plain", "x").await;
        let wanted = match (operation.is_public(), operation.method == Method::GET) {
            (true, true) if path.contains("/id") => 404,
            (true, true) => 200,
            (true, false) => 415,
            (false, _) => 401,
        };
        assert_eq!(served.status, wanted, "{}: {served:?}", operation.id);
    }
}

#[tokio::test]
async fn the_documentation_loads_nothing_from_elsewhere() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let elsewhere = regex::Regex::new(
        r#"<(script|link|img|iframe|style)\b[^>]*\b(src|href)\s*=\s*["']?(https?:)?//"#,
    )
    .unwrap();
    for path in ["/docs", "/docs/problems"] {
        let page = nobody.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("http"), "{path}: {policy}");
        assert!(!elsewhere.is_match(&page.text), "{path} loads something from elsewhere");
    }
}

#[tokio::test]
async fn every_kind_of_problem_is_explained() {
    let app = TestApp::new().await;
    let page = app.anonymous().get("/docs/problems").await.text;
    for kind in KINDS {
        assert!(page.contains(&format!("id=\"{}\"", kind.code)), "{}", kind.code);
        assert!(page.contains(kind.title) && page.contains(kind.help), "{}", kind.code);
    }
}
