use serde_json::{Value, json};

use super::jobs::given_job;
use crate::support::{Caller, TestApp};

const PATH: &str = "/v1/coach/documents";

#[tokio::test]
async fn document_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let job = ann.get(&given_job(&ann, json!({})).await).await.id();
    let written = json!({
        "jobId": job, "documentType": "PORTFOLIO", "title": "Works 🦀", "fileName": "works.zip",
        "fileUrl": "https://files.example.com/works.zip", "fileSize": 10_485_760,
        "mimeType": "application/vnd.example+zip", "description": "d", "content": "c",
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let cleared = ann.patch(made.header("location"), &json!({"content": null})).await.ok(200);
    assert_eq!((&cleared["content"], &cleared["description"]), (&Value::Null, &json!("d")));
}

#[tokio::test]
async fn document_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let job = ann.get(&given_job(&ann, json!({})).await).await.id();
    let bobs_job = bob.get(&given_job(&bob, json!({})).await).await.id();
    let good = json!({"jobId": job, "documentType": "OTHER", "title": "t", "fileName": "f",
                      "fileSize": 0, "mimeType": "text/plain"});
    for (field, value, fault) in [
        ("jobId", json!(bobs_job), "/jobId reference"),
        ("jobId", Value::Null, "/jobId type"),
        ("documentType", json!("PHOTO"), "/documentType type"),
        ("title", json!(""), "/title length"),
        ("fileName", json!("x".repeat(201)), "/fileName length"),
        ("fileUrl", json!("ftp://x"), "/fileUrl url"),
        ("fileSize", json!(10_485_761), "/fileSize range"),
        ("fileSize", json!(-1), "/fileSize range"),
        ("mimeType", json!("pdf"), "/mimeType media_type"),
        ("mimeType", json!("text/"), "/mimeType media_type"),
        ("mimeType", json!("text/pl ain"), "/mimeType media_type"),
        ("mimeType", json!(format!("text/{}", "x".repeat(123))), "/mimeType media_type"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("content", json!("x".repeat(200_001)), "/content length"),
        ("userId", json!(bob.id), "/userId unknown_field"),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value;
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
    let place = ann.post(PATH, &good).await.header("location").to_owned();
    let moved = ann.patch(&place, &json!({"jobId": bobs_job})).await;
    assert_eq!(moved.brief(), r#"422 validation ["/jobId reference"]"#);
}

#[tokio::test]
async fn documents_are_listed_by_job_and_type_and_go_with_their_job() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (one, two) = (given_job(&ann, json!({})).await, given_job(&ann, json!({})).await);
    let one_id = ann.get(&one).await.id();
    for (title, job, kind) in [("a", &one, "OTHER"), ("b", &two, "OTHER"), ("c", &one, "RESUME")] {
        let body = json!({"jobId": ann.get(job).await.id(), "documentType": kind, "title": title,
                          "fileName": "f", "fileSize": 1, "mimeType": "text/plain"});
        ann.post(PATH, &body).await.ok(201);
    }
    let titles = async |query: &str| -> String {
        let page = ann.get(&format!("{PATH}?{query}")).await.ok(200);
        page["items"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect()
    };
    assert_eq!(titles("").await, "cba");
    assert_eq!(titles(&format!("jobId={one_id}")).await, "ca");
    assert_eq!(titles(&format!("jobId={one_id}&documentType=RESUME")).await, "c");
    assert_eq!(titles("documentType=OTHER").await, "ba");
    assert_eq!(ann.get(&format!("{PATH}?documentType=PHOTO")).await.status, 400);
    assert_eq!(ann.delete(&one).await.status, 204);
    assert_eq!(titles("").await, "b");
}
