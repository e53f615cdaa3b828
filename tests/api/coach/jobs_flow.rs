use futures_util::future::join_all;
use serde_json::{Value, json};

use super::jobs::{PATH, given_job};
use crate::support::{Caller, TestApp};

const FLOW: [&str; 6] = [
    "INTERESTED",
    "APPLIED",
    "INTERVIEW_SCHEDULED",
    "INTERVIEW_COMPLETED",
    "OFFER_RECEIVED",
    "ACCEPTED",
];
const ALL: [&str; 8] = [
    "INTERESTED",
    "APPLIED",
    "INTERVIEW_SCHEDULED",
    "INTERVIEW_COMPLETED",
    "OFFER_RECEIVED",
    "ACCEPTED",
    "REJECTED",
    "WITHDRAWN",
];

/// The flow in words: forward, out of what is open, one step back, reopening.
fn allowed(from: &str, to: &str) -> bool {
    let place = |status: &str| FLOW.iter().position(|known| *known == status);
    let closed = |status: &str| ["ACCEPTED", "REJECTED", "WITHDRAWN"].contains(&status);
    match (place(from), place(to)) {
        _ if closed(from) && to == "INTERESTED" => true,
        (Some(from), Some(to)) => to > from || to + 1 == from,
        (Some(_), None) => !closed(from),
        (None, _) => false,
    }
}

#[tokio::test]
async fn every_move_is_allowed_or_refused_as_the_flow_says_by_every_route() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for from in ALL {
        for to in ALL.into_iter().filter(|to| *to != from) {
            let moves = ["status", "patch", "put"].map(async |route| {
                let place = given_job(&ann, json!({"status": from})).await;
                let body = json!({"title": "Engineer", "company": "Acme", "status": to});
                let answer = match route {
                    "status" => ann.post(&format!("{place}/status"), &json!({"status": to})).await,
                    "patch" => ann.patch(&place, &json!({"status": to})).await,
                    _ => ann.put(&place, &body).await,
                };
                let now = ann.get(&place).await.ok(200)["status"].clone();
                let expected = if allowed(from, to) { (200, to) } else { (409, from) };
                assert_eq!(
                    (answer.status, now.as_str().unwrap()),
                    expected,
                    "{route} {from} to {to}"
                );
            });
            join_all(moves).await;
        }
    }
}

#[tokio::test]
async fn refused_move_names_the_moves_allowed() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({"status": "ACCEPTED"})).await;
    let refused = ann.post(&format!("{place}/status"), &json!({"status": "APPLIED"})).await;
    assert_eq!(refused.brief(), "409 conflict");
    assert_eq!(
        refused.json()["detail"],
        "a job cannot move from ACCEPTED to APPLIED; allowed: OFFER_RECEIVED, INTERESTED"
    );
}

#[tokio::test]
async fn move_answers_the_job_and_notes_who_and_why() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({})).await;
    let body = json!({"status": "APPLIED", "reason": "Bob said so"});
    let moved = ann.post(&format!("{place}/status"), &body).await;
    let read = ann.get(&place).await;
    assert_eq!(moved.ok(200), read.ok(200));
    assert_eq!(moved.etag(), read.etag());
    ann.patch(&place, &json!({"status": "REJECTED"})).await.ok(200);

    let timeline = ann.get(&format!("{place}/status-changes")).await.ok(200);
    let brief: Vec<_> = timeline["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            assert_eq!(entry["jobId"], read.json()["id"]);
            assert_eq!(entry["changedById"], json!(ann.id));
            json!([entry["fromStatus"], entry["toStatus"], entry["reason"]])
        })
        .collect();
    let expected = json!([
        ["APPLIED", "REJECTED", null],
        ["INTERESTED", "APPLIED", "Bob said so"],
        [null, "INTERESTED", null],
    ]);
    assert_eq!(json!(brief), expected);
}

#[tokio::test]
async fn moving_to_the_same_status_is_no_move() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({"status": "REJECTED"})).await;
    let body = json!({"status": "REJECTED", "reason": "again"});
    assert_eq!(ann.post(&format!("{place}/status"), &body).await.ok(200)["status"], "REJECTED");
    let timeline = ann.get(&format!("{place}/status-changes")).await.ok(200);
    assert_eq!(timeline["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn applied_at_is_stamped_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({})).await;
    let mut stamps = Vec::new();
    for status in ["APPLIED", "INTERESTED", "APPLIED", "WITHDRAWN", "INTERESTED"] {
        let moved = ann.post(&format!("{place}/status"), &json!({"status": status})).await.ok(200);
        stamps.push(moved["appliedAt"].clone());
    }
    assert!(stamps[0].is_string());
    assert!(stamps.iter().all(|stamp| *stamp == stamps[0]), "{stamps:?}");
    let skipped = given_job(&ann, json!({"status": "OFFER_RECEIVED"})).await;
    assert_eq!(ann.get(&skipped).await.ok(200)["appliedAt"], Value::Null);
}

#[tokio::test]
async fn timeline_pages_newest_first() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({})).await;
    for status in ["APPLIED", "INTERESTED", "APPLIED", "REJECTED"] {
        ann.post(&format!("{place}/status"), &json!({"status": status})).await.ok(200);
    }
    given_job(&ann, json!({"status": "WITHDRAWN"})).await;
    // All at one time: the id decides.
    app.execute("update coach.status_changes set changed_at = '2026-01-01Z'").await;
    let whole = ann.get(&format!("{place}/status-changes")).await.ok(200);
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = ann.get(&format!("{place}/status-changes?limit=2{cursor}")).await.ok(200);
        paged.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(json!(paged), whole["items"]);
    let path: Vec<_> = paged.iter().map(|entry| entry["toStatus"].as_str().unwrap()).collect();
    assert_eq!(path, ["REJECTED", "APPLIED", "INTERESTED", "APPLIED", "INTERESTED"]);
}

#[tokio::test]
async fn timeline_without_entries_is_empty_but_of_no_job_it_is_missing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({})).await;
    app.execute("delete from coach.status_changes").await;
    let timeline = ann.get(&format!("{place}/status-changes")).await;
    assert_eq!(timeline.brief(), r#"200 {"items":[],"nextCursor":null}"#);
    let nowhere = format!("{PATH}/{}/status-changes", ann.id);
    assert_eq!(ann.get(&nowhere).await.brief(), "404 not-found");
}

#[tokio::test]
async fn of_moves_at_once_the_timeline_tells_one_story() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({})).await;
    let path = format!("{place}/status");
    let answers = join_all(
        ALL.iter()
            .cycle()
            .take(24)
            .map(async |status| ann.post(&path, &json!({"status": status})).await.status),
    )
    .await;
    assert!(answers.iter().all(|status| [200, 409].contains(status)), "{answers:?}");
    let timeline = ann.get(&format!("{place}/status-changes?limit=100")).await.ok(200);
    let entries = timeline["items"].as_array().unwrap();
    for (later, earlier) in entries.iter().zip(&entries[1..]) {
        assert_eq!(later["fromStatus"], earlier["toStatus"]);
    }
    assert_eq!(entries[0]["toStatus"], ann.get(&place).await.ok(200)["status"]);
}

#[tokio::test]
async fn status_body_is_strict() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let path = format!("{}/status", given_job(&ann, json!({})).await);
    for (body, expected) in [
        (json!({}), r#"422 validation ["/status required"]"#),
        (json!({"status": null}), r#"422 validation ["/status type"]"#),
        (json!({"status": 5}), r#"422 validation ["/status type"]"#),
        (json!({"status": ["APPLIED"]}), r#"422 validation ["/status type"]"#),
        (json!({"status": {"APPLIED": 1}}), r#"422 validation ["/status type"]"#),
        (json!({"status": "applied"}), r#"422 validation ["/status type"]"#),
        (json!({"status": "APPLIED", "at": 1}), r#"422 validation ["/at unknown_field"]"#),
        (json!({"status": "APPLIED", "reason": ""}), r#"422 validation ["/reason length"]"#),
        (
            json!({"status": "APPLIED", "reason": "x".repeat(10_001)}),
            r#"422 validation ["/reason length"]"#,
        ),
    ] {
        assert_eq!(ann.post(&path, &body).await.brief(), expected, "{body}");
    }
}

#[tokio::test]
async fn repeated_move_under_one_key_is_one_move() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({})).await;
    let path = format!("{place}/status");
    let body = json!({"status": "APPLIED", "reason": "keyed"});
    let key = ("idempotency-key", "move-1");
    let first = ann.send(reqwest::Method::POST, &path, key, Some(&body)).await;
    ann.post(&path, &json!({"status": "REJECTED"})).await.ok(200);
    let second = ann.send(reqwest::Method::POST, &path, key, Some(&body)).await;
    assert_eq!(first.ok(200), second.ok(200));
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(ann.get(&place).await.ok(200)["status"], "REJECTED");
    let timeline = ann.get(&format!("{place}/status-changes")).await.ok(200);
    let reasons: Vec<_> =
        timeline["items"].as_array().unwrap().iter().map(|e| &e["reason"]).collect();
    assert_eq!(json!(reasons), json!([null, "keyed", null]));
}
