use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp};

const PATH: &str = "/v1/me/consents";

fn consent(purpose: &str, granted: bool) -> Value {
    json!({"purpose": purpose, "granted": granted, "policyVersion": "2026-01"})
}

#[tokio::test]
async fn consents_are_recorded_one_after_the_other() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let yes = ann.post(PATH, &consent("marketing", true)).await;
    let no = ann.post(PATH, &consent("marketing", false)).await;
    let page = ann.get(PATH).await.ok(200);
    assert_eq!(page["items"], json!([no.ok(201), yes.ok(201)]));
    assert_eq!(ann.get(yes.header("location")).await.ok(200), yes.json());
    assert_eq!(bob.get(yes.header("location")).await.brief(), "404 not-found");
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn a_consent_is_neither_changed_nor_deleted() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(PATH, &consent("marketing", true)).await;
    let place = made.header("location");
    assert_eq!(ann.put(place, &consent("marketing", false)).await.status, 405);
    assert_eq!(ann.patch(place, &json!({"granted": false})).await.status, 405);
    assert_eq!(ann.delete(place).await.status, 405);
}

#[tokio::test]
async fn a_consent_says_what_for_and_to_what() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, code) in [
        ("purpose", json!("two words"), "code"),
        ("purpose", json!(""), "code"),
        ("purpose", json!("p".repeat(65)), "code"),
        ("purpose", json!("été"), "code"),
        ("granted", json!("yes"), "type"),
        ("granted", json!(null), "type"),
        ("policyVersion", json!(""), "length"),
        ("policyVersion", json!("v".repeat(201)), "length"),
        ("policyVersion", json!("a\0b"), "nul"),
        ("recordedAt", json!("2020-01-01T00:00:00Z"), "unknown_field"),
        ("userId", json!("00000000-0000-7000-8000-000000000000"), "unknown_field"),
    ] {
        let mut wrong = consent("marketing", true);
        wrong[field] = value;
        let refused = ann.post(PATH, &wrong).await;
        assert_eq!(refused.brief().to_string(), format!(r#"422 validation ["/{field} {code}"]"#));
    }
    ann.post(PATH, &consent(&"p".repeat(64), true)).await.ok(201);
}

#[tokio::test]
async fn a_repeated_request_records_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let body = consent("marketing", true);
    let key = ("idempotency-key", "once");
    let first = ann.send(Method::POST, PATH, key, Some(&body)).await;
    let second = ann.send(Method::POST, PATH, key, Some(&body)).await;
    assert_eq!(first.ok(201), second.ok(201));
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(ann.get(PATH).await.ok(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn consents_are_paged_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for nth in 0..5 {
        ann.post(PATH, &consent(&format!("p{nth}"), true)).await.ok(201);
    }
    let mut seen = Vec::new();
    let mut place = format!("{PATH}?limit=2");
    loop {
        let page = ann.get(&place).await.ok(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["purpose"].clone()));
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        place = format!("{PATH}?limit=2&cursor={cursor}");
    }
    assert_eq!(json!(seen), json!(["p4", "p3", "p2", "p1", "p0"]));
}
