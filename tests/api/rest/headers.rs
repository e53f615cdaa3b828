//! Headers of every answer, and of other origins' pages.

use reqwest::Method;

use super::JOBS;
use crate::support::{Caller, Response, TestApp};

#[tokio::test]
async fn every_answer_has_the_security_headers_and_an_id() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let nobody = app.anonymous();
    let answers = [
        ann.get(JOBS).await,
        ann.post(JOBS, &super::job()).await,
        ann.post(JOBS, &serde_json::json!({})).await,
        nobody.get(JOBS).await,
        nobody.get("/nonsense").await,
        nobody.delete("/healthz").await,
        nobody.get("/healthz").await,
        nobody.get("/openapi.json").await,
        nobody.get("/docs").await,
        ann.raw(Method::POST, JOBS, "application/json", "x".repeat(2 << 20)).await,
    ];
    for answer in answers {
        let status = answer.status;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{status}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{status}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        assert_ne!(answer.header("cache-control"), "", "{status}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{status}");
        assert_eq!(answer.header("server"), "", "{status}");
    }
}

#[tokio::test]
async fn a_plain_request_id_is_echoed_and_any_other_replaced() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let sent = async |id: &str| {
        let answer = nobody.send(Method::GET, "/healthz", ("x-request-id", id), None).await;
        answer.header("x-request-id").to_owned()
    };
    let most = "x".repeat(128);
    for id in ["my-id.42", &most] {
        assert_eq!(sent(id).await, id);
    }
    for id in ["", "with space", &"x".repeat(129)] {
        assert_eq!(sent(id).await.len(), 36, "{id} is replaced");
    }
}

#[tokio::test]
async fn only_listed_origins_may_call() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let preflight = async |origin: &str| {
        let request = nobody
            .request(Method::OPTIONS, JOBS)
            .header("origin", origin)
            .header("access-control-request-method", "PATCH")
            .header("access-control-request-headers", "authorization,if-match,idempotency-key");
        Response::of(request).await
    };
    let ours = preflight("https://app.example").await;
    assert_eq!(ours.status, 200);
    assert_eq!(ours.header("access-control-allow-origin"), "https://app.example");
    assert!(ours.header("access-control-allow-methods").contains("PATCH"));
    for header in ["authorization", "if-match", "idempotency-key"] {
        assert!(ours.header("access-control-allow-headers").contains(header), "{header}");
    }
    for origin in ["https://evil.example", "null", "https://app.example.evil.example"] {
        let foreign = preflight(origin).await;
        assert_eq!(foreign.header("access-control-allow-origin"), "", "{origin}");
    }
    let ann = app.user("ann").await;
    let answer = ann.send(Method::GET, JOBS, ("origin", "https://app.example"), None).await;
    assert_eq!(answer.header("access-control-allow-origin"), "https://app.example");
    assert!(answer.header("access-control-expose-headers").contains("etag"));
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    assert!(answer.header("vary").contains("origin"), "caches must keep origins apart");
    let refused = nobody.send(Method::GET, JOBS, ("origin", "https://app.example"), None).await;
    assert_eq!(refused.header("access-control-allow-origin"), "https://app.example");
}

#[tokio::test]
async fn huge_headers_are_refused() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    let huge = "x".repeat(1 << 20);
    // Either an answer, or the connection is closed before all was read.
    if let Ok(answer) = nobody.request(Method::GET, "/healthz").header("x-huge", huge).send().await
    {
        assert_eq!(answer.status(), 431);
    }
    let many = (0..200).fold(nobody.request(Method::GET, "/healthz"), |request, number| {
        request.header(format!("x-{number}"), "1")
    });
    assert_eq!(Response::of(many).await.status, 431);
    assert_eq!(nobody.get("/healthz").await.status, 200, "the server lives on");
}

#[tokio::test]
async fn an_internal_error_says_nothing_but_its_request_id() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    app.execute("alter table coach.jobs rename to secret_table").await;
    let header = ("x-request-id", "find-me");
    let answer = ann.send(Method::GET, JOBS, header, None).await;
    let wanted = serde_json::json!({
        "type": "/docs/problems#internal", "title": "Something went wrong on our side",
        "status": 500, "requestId": "find-me",
    });
    assert_eq!((answer.status, answer.json()), (500, wanted));
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}
