use serde_json::json;
use uuid::Uuid;

use super::roadmaps::{PATH, given_roadmap, route, task_at};
use crate::support::{Caller, TestApp};

const VERBS: [(&str, &str); 4] = [
    ("activate", "active"),
    ("hold", "on_hold"),
    ("complete", "completed"),
    ("abandon", "abandoned"),
];

/// Statuses, and the verbs that may be said to them.
const MOVES: [(&str, &[&str]); 5] = [
    ("draft", &["activate", "abandon"]),
    ("active", &["hold", "complete", "abandon"]),
    ("on_hold", &["activate", "abandon"]),
    ("completed", &["activate"]),
    ("abandoned", &["activate"]),
];

/// Puts all roadmaps into a status, as no request could.
async fn put_into(app: &TestApp, status: &str) {
    app.execute(&format!(
        "set session_replication_role = replica; update migratio.roadmaps set status = '{status}'"
    ))
    .await;
}

#[tokio::test]
async fn a_roadmap_moves_along_its_flow_alone() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    for (status, allowed) in MOVES {
        for (verb, then) in VERBS {
            put_into(&app, status).await;
            let (path, at) = (format!("{place}/{verb}"), format!("{status}, {verb}"));
            assert_eq!(bob.post(&path, &json!({})).await.brief(), "404 not-found", "{at}");
            let before = ann.get(&place).await.ok(200);
            let moved = ann.post(&path, &json!({})).await;
            if allowed.contains(&verb) {
                assert_eq!(moved.ok(200)["status"], then, "{at}");
                assert_eq!(moved.json()["phases"], before["phases"], "{at}");
                assert_eq!(ann.get(&place).await.ok(200), moved.json(), "{at}");
                continue;
            }
            assert_eq!(moved.brief(), "409 conflict", "{at}");
            assert!(moved.text.contains("allowed: "), "{at}: {moved:?}");
            assert_eq!(ann.get(&place).await.ok(200), before, "{at}");
        }
    }
    let nowhere = format!("{PATH}/{}/activate", Uuid::now_v7());
    assert_eq!(ann.post(&nowhere, &json!({})).await.brief(), "404 not-found");
    assert_eq!(ann.post(&format!("{place}/hold"), &json!({"x": 1})).await.status, 422);
}

#[tokio::test]
async fn nothing_is_done_on_a_roadmap_that_rests_or_was_given_up() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let task = task_at(&place, &ann.get(&place).await.ok(200), 0, 0);
    let tasks = task.rsplit_once('/').unwrap().0;
    for status in ["on_hold", "abandoned"] {
        put_into(&app, status).await;
        let before = ann.get(&place).await.ok(200);
        let refused = [
            ann.patch(&task, &json!({"status": "completed"})).await,
            ann.patch(&task, &json!({"notes": "x"})).await,
            ann.post(tasks, &json!({"title": "x"})).await,
            ann.delete(&task).await,
        ];
        for answer in refused {
            assert_eq!(answer.brief(), "409 conflict", "{status}");
            assert!(answer.text.contains("activate it first"), "{answer:?}");
        }
        assert_eq!(ann.get(&place).await.ok(200), before);
        ann.patch(&place, &json!({"notes": status})).await.ok(200);
    }
    ann.post(&format!("{place}/activate"), &json!({})).await.ok(200);
    ann.patch(&task, &json!({"notes": "x"})).await.ok(200);
}
