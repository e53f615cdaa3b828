//! Query parameters, paths and methods.

use reqwest::Method;

use super::JOBS;
use crate::support::{Caller, Response, TestApp};

#[tokio::test]
async fn query_parameters_are_checked() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for query in [
        "limit=0",
        "limit=101",
        "limit=300",
        "limit=1.5",
        "limit=99999999999999999999",
        "limit=10&limit=20",
        "cursor=%00",
        "cursor=a%00b",
        "cursor=%ff",
        "cursor=bm9uc2Vuc2U",
        "q=%00",
        "status=NONSENSE",
        "nonsense=1",
        "Limit=1",
        "sort=nonsense",
    ] {
        let refused = ann.get(&format!("{JOBS}?{query}")).await;
        assert_eq!(refused.status, 400, "{query}: {refused:?}");
        assert!(refused.header("content-type") == "application/problem+json", "{query}");
    }
    let cursor = "x".repeat(2000);
    assert_eq!(ann.get(&format!("{JOBS}?cursor={cursor}")).await.status, 400);
    for query in ["", "limit=1", "limit=100", "limit=%31"] {
        assert_eq!(ann.get(&format!("{JOBS}?{query}")).await.status, 200, "{query}");
    }
}

#[tokio::test]
async fn unknown_routes_are_not_found() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for path in [
        "/",
        "/v1",
        "/v1/coach",
        "/v1/coach/nonsense",
        "/v1/coach/jobs/",
        "/V1/coach/jobs",
        "/v1/coach/jobs/../jobs",
        "/v1//coach/jobs",
        "/%00",
        "/v1/coach/jobs/%00",
        "/docs/",
    ] {
        let refused = ann.get(path).await;
        if path.contains("..") {
            continue; // the client resolves it
        }
        assert_eq!(refused.brief(), "404 not-found", "{path}");
        assert_eq!(refused.header("content-type"), "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn methods_that_a_route_has_not_are_told() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (method, path) in [
        (Method::DELETE, JOBS),
        (Method::PUT, JOBS),
        (Method::PATCH, JOBS),
        (Method::POST, "/v1/coach/profile"),
        (Method::POST, "/healthz"),
        (Method::TRACE, JOBS),
        (Method::from_bytes(b"PROPFIND").unwrap(), JOBS),
    ] {
        let refused = Response::of(ann.request(method.clone(), path)).await;
        assert_eq!(refused.brief(), "405 method-not-allowed", "{method} {path}");
        assert!(refused.header("allow").contains("GET"), "{method} {path}: {refused:?}");
    }
}

#[tokio::test]
async fn head_answers_like_get_without_the_body() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(JOBS, &super::job()).await;
    for path in [JOBS, made.header("location"), "/healthz", "/openapi.json"] {
        let got = ann.get(path).await;
        let head = Response::of(ann.request(Method::HEAD, path)).await;
        assert_eq!((head.status, head.text.as_str()), (200, ""), "{path}");
        for header in ["content-type", "etag", "content-length"] {
            assert_eq!(head.header(header), got.header(header), "{path} {header}");
        }
    }
    assert_eq!(Response::of(app.anonymous().request(Method::HEAD, JOBS)).await.status, 401);
}
