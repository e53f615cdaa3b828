use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/smatrx/goals";
const ACHIEVEMENTS: &str = "/v1/smatrx/achievements";

/// Makes a goal and gives its place.
async fn given_goal(user: &User<'_>, fields: Value) -> String {
    let mut body = json!({"title": "Learn Rust", "type": "skill"});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let made = user.post(PATH, &body).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// Status and progress of a goal.
fn state(goal: &Value) -> (String, i64) {
    (goal["status"].as_str().unwrap().to_owned(), goal["progress"].as_i64().unwrap())
}

/// What the user has achieved, newest first.
async fn achievements(user: &User<'_>) -> Vec<Value> {
    user.get(ACHIEVEMENTS).await.ok(200)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn goal_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let written = json!({
        "title": "Zwölf Leute \u{1f600}", "description": "d", "type": "role",
        "targetDate": "2027-06-30", "status": "paused", "priority": "low", "progress": 55,
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let minimal = ann.get(&given_goal(&ann, json!({})).await).await.ok(200);
    for (name, value) in [
        ("description", json!(null)),
        ("targetDate", json!(null)),
        ("status", json!("active")),
        ("priority", json!("medium")),
        ("progress", json!(0)),
    ] {
        assert_eq!(minimal[name], value, "{name}");
    }
}

#[tokio::test]
async fn goal_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, fault) in [
        ("title", json!(""), "/title length"),
        ("title", json!("x".repeat(201)), "/title length"),
        ("title", json!("a\0"), "/title nul"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("type", json!("Skill"), "/type type"),
        ("type", json!(null), "/type type"),
        ("targetDate", json!("2026-02-30"), "/targetDate type"),
        ("targetDate", json!("1899-12-31"), "/targetDate date"),
        ("status", json!("done"), "/status type"),
        ("priority", json!("urgent"), "/priority type"),
        ("priority", json!(1), "/priority type"),
        ("progress", json!(101), "/progress range"),
        ("progress", json!(-1), "/progress range"),
        ("progress", json!(0.5), "/progress type"),
        ("points", json!(5), "/points unknown_field"),
    ] {
        let mut wrong = json!({"title": "Goal", "type": "skill"});
        wrong[field] = value.clone();
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field} {value}");
    }
}

#[tokio::test]
async fn goal_of_another_user_is_not_found() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = given_goal(&ann, json!({})).await;
    let body = json!({"title": "x", "type": "skill", "progress": 100});
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.put(&place, &body).await.brief(), "404 not-found");
    assert_eq!(bob.patch(&place, &json!({"progress": 100})).await.brief(), "404 not-found");
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    assert_eq!(state(&ann.get(&place).await.ok(200)), ("active".to_owned(), 0));
    assert_eq!(app.count("select count(*) from smatrx.achievements").await, 0);
}

#[tokio::test]
async fn list_filters_by_status_type_and_priority_and_pages() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_goal(&bob, json!({"title": "z"})).await;
    for (title, status, kind, priority) in [
        ("a", "active", "skill", "low"),
        ("b", "completed", "role", "high"),
        ("c", "paused", "project", "medium"),
        ("d", "active", "role", "high"),
    ] {
        let goal = json!({"title": title, "status": status, "type": kind, "priority": priority});
        given_goal(&ann, goal).await;
    }
    for (query, expected) in [
        ("", "dcba"),
        ("status=active", "da"),
        ("status=active,paused", "dca"),
        ("status=completed&status=paused", "cb"),
        ("status=cancelled", ""),
        ("type=role", "db"),
        ("type=skill,project", "ca"),
        ("priority=low&priority=medium", "ca"),
        ("status=active&type=role&priority=high", "d"),
        ("status=active&priority=medium", ""),
    ] {
        let (mut found, mut cursor) = (String::new(), String::new());
        loop {
            let page = ann.get(&format!("{PATH}?limit=1&{query}{cursor}")).await.ok(200);
            let items = page["items"].as_array().unwrap();
            found.extend(items.iter().map(|goal| goal["title"].as_str().unwrap()));
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, expected, "{query}");
    }
    for bad in ["status=done", "type=", "priority=1", "progress=1"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn progress_of_100_completes_whatever_the_goal_was() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let completed = ("completed".to_owned(), 100);
    for before in ["active", "paused", "cancelled"] {
        let fields = json!({"status": before, "progress": 40});
        let place = given_goal(&ann, fields.clone()).await;
        assert_eq!(state(&ann.get(&place).await.ok(200)), (before.to_owned(), 40));
        let patched = ann.patch(&place, &json!({"progress": 100})).await.ok(200);
        assert_eq!(state(&patched), completed, "PATCH {before}");
        let place = given_goal(&ann, fields).await;
        let body = json!({"title": "a", "type": "skill", "status": before, "progress": 100});
        assert_eq!(state(&ann.put(&place, &body).await.ok(200)), completed, "PUT {before}");
        assert_eq!(state(&ann.post(PATH, &body).await.ok(201)), completed, "POST {before}");
    }
    let bare = json!({"title": "a", "type": "skill", "progress": 100});
    assert_eq!(state(&ann.post(PATH, &bare).await.ok(201)), completed);
    assert_eq!(achievements(&ann).await.len(), 10, "each of them is an achievement");
}

#[tokio::test]
async fn status_completed_has_all_progress() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let completed = ("completed".to_owned(), 100);
    for before in ["active", "paused", "cancelled"] {
        let place = given_goal(&ann, json!({"status": before, "progress": 40})).await;
        let patched = ann.patch(&place, &json!({"status": "completed"})).await.ok(200);
        assert_eq!(state(&patched), completed, "{before}");
    }
    let made = json!({"title": "a", "type": "skill", "status": "completed"});
    assert_eq!(state(&ann.post(PATH, &made).await.ok(201)), completed);
    let belied = r#"422 validation ["/progress completed"]"#;
    let both = json!({"title": "a", "type": "skill", "status": "completed", "progress": 60});
    assert_eq!(ann.post(PATH, &both).await.brief(), belied);
    let place = given_goal(&ann, json!({"progress": 40})).await;
    assert_eq!(ann.put(&place, &both).await.brief(), belied);
    let both = json!({"status": "completed", "progress": 60});
    assert_eq!(ann.patch(&place, &both).await.brief(), belied);
    assert_eq!(state(&ann.get(&place).await.ok(200)), ("active".to_owned(), 40));
    assert_eq!(achievements(&ann).await.len(), 4, "none for what was refused");
}

#[tokio::test]
async fn completed_goal_is_reopened_by_less_progress() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (patch, after) in [
        (json!({"progress": 99}), ("active", 99)),
        (json!({"progress": 0}), ("active", 0)),
        (json!({"progress": 50, "status": "active"}), ("active", 50)),
        (json!({"progress": 50, "status": "paused"}), ("paused", 50)),
        (json!({"progress": 50, "status": "cancelled"}), ("cancelled", 50)),
    ] {
        let place = given_goal(&ann, json!({"progress": 100})).await;
        let patched = ann.patch(&place, &patch).await.ok(200);
        assert_eq!(state(&patched), (after.0.to_owned(), after.1), "{patch}");
    }
    for (before, progress) in [("paused", 70), ("cancelled", 70), ("active", 0)] {
        let place = given_goal(&ann, json!({"status": before, "progress": 30})).await;
        let patched = ann.patch(&place, &json!({"progress": progress})).await.ok(200);
        assert_eq!(state(&patched), (before.to_owned(), progress), "others keep their status");
    }
}

#[tokio::test]
async fn completed_goal_does_not_change_its_status_alone() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"progress": 100})).await;
    for status in ["active", "paused", "cancelled"] {
        let refused = ann.patch(&place, &json!({"status": status})).await;
        assert_eq!(refused.brief(), r#"422 validation ["/progress completed"]"#, "{status}");
        let message = &refused.json()["errors"][0]["message"];
        assert!(message.as_str().unwrap().contains("set it below 100"), "{message}");
        let body = json!({"title": "a", "type": "skill", "status": status});
        assert_eq!(ann.put(&place, &body).await.brief(), refused.brief().to_string());
    }
    assert_eq!(state(&ann.get(&place).await.ok(200)), ("completed".to_owned(), 100));
}

#[tokio::test]
async fn put_keeps_what_it_does_not_say_of_status_priority_and_progress() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let fields = json!({"status": "paused", "priority": "high", "progress": 30});
    let place = given_goal(&ann, fields.clone()).await;
    let put = ann.put(&place, &json!({"title": "b", "type": "project"})).await.ok(200);
    let cleared = json!({"status": null, "priority": null, "progress": null});
    let patched = ann.patch(&place, &cleared).await.ok(200);
    for (name, value) in fields.as_object().unwrap() {
        assert_eq!((&put[name], &patched[name]), (value, value), "{name}");
    }
    assert_eq!((&put["title"], &put["type"]), (&json!("b"), &json!("project")));
}

#[tokio::test]
async fn goal_that_is_reached_is_an_achievement_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = given_goal(&ann, json!({"description": "d", "priority": "high"})).await;
    ann.patch(&place, &json!({"progress": 99})).await.ok(200);
    assert_eq!(achievements(&ann).await, Vec::<Value>::new());
    let goal = ann.patch(&place, &json!({"progress": 100})).await.ok(200);
    let first = achievements(&ann).await;
    assert_eq!(first.len(), 1);
    for (name, value) in [
        ("type", json!("skill")),
        ("title", json!("Learn Rust")),
        ("description", json!("d")),
        ("points", json!(100)),
        ("badge", json!(null)),
        ("careerGoalId", goal["id"].clone()),
    ] {
        assert_eq!(first[0][name], value, "{name}");
    }
    for patch in [
        json!({"progress": 100}),
        json!({"title": "Learnt Rust"}),
        json!({"progress": 10}),
        json!({"status": "completed"}),
        json!({"progress": 10, "priority": "low"}),
        json!({"progress": 100}),
    ] {
        ann.patch(&place, &patch).await.ok(200);
        assert_eq!(achievements(&ann).await, first, "{patch}");
    }
    assert_eq!(achievements(&bob).await, Vec::<Value>::new());
    let nobody = "select count(*) from audit.logs
        where entity_type like 'smatrx.%' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn fifty_at_once_complete_a_goal_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"progress": 90})).await;
    let patches = (0..50).map(|number| match number % 5 {
        0 => json!({"progress": 95}),
        1 => json!({"title": format!("Title {number}")}),
        _ => json!({"progress": 100}),
    });
    let sent = patches.map(|patch| async { ann.patch(&place, &{ patch }).await });
    for answer in join_all(sent).await {
        let (status, progress) = state(&answer.ok(200));
        assert_eq!(status == "completed", progress == 100, "{answer:?}");
    }
    ann.patch(&place, &json!({"progress": 100})).await.ok(200);
    assert_eq!(achievements(&ann).await.len(), 1);
    assert_eq!(ann.get(&format!("{ACHIEVEMENTS}/points")).await.ok(200)["points"], 50);
}

#[tokio::test]
async fn achievement_is_of_the_goals_kind_and_priority() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (kind, priority, achievement, points) in [
        ("skill", "low", "skill", 25),
        ("role", "medium", "milestone", 50),
        ("certification", "high", "certification", 100),
        ("project", "low", "project", 25),
    ] {
        given_goal(&ann, json!({"type": kind, "priority": priority, "progress": 100})).await;
        let newest = &achievements(&ann).await[0];
        assert_eq!((&newest["type"], &newest["points"]), (&json!(achievement), &json!(points)));
    }
}

#[tokio::test]
async fn goal_is_not_completed_where_its_achievement_fails() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"progress": 40})).await;
    app.execute("alter table smatrx.achievements add constraint full_check check (false)").await;
    assert_eq!(ann.patch(&place, &json!({"progress": 100})).await.status, 422);
    assert_eq!(state(&ann.get(&place).await.ok(200)), ("active".to_owned(), 40));
    app.execute("alter table smatrx.achievements drop constraint full_check").await;
    ann.patch(&place, &json!({"progress": 100})).await.ok(200);
    assert_eq!(achievements(&ann).await.len(), 1);
}

#[tokio::test]
async fn achievement_outlives_its_goal() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"progress": 100})).await;
    let before = achievements(&ann).await;
    assert_eq!(ann.delete(&place).await.status, 204);
    let after = achievements(&ann).await;
    assert_eq!(after.len(), 1);
    assert_eq!((&after[0]["id"], &after[0]["careerGoalId"]), (&before[0]["id"], &Value::Null));
}

#[tokio::test]
async fn achievement_taken_back_does_not_return_with_the_next_change() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let admin = app.user_with_roles("admin", &["smatrx:admin"]).await;
    let place = given_goal(&ann, json!({"progress": 100})).await;
    let id = achievements(&ann).await[0]["id"].as_str().unwrap().to_owned();
    let taken = admin.delete(&format!("/v1/smatrx/users/{}/achievements/{id}", ann.id)).await;
    assert_eq!(taken.status, 204);
    ann.patch(&place, &json!({"title": "Learnt Rust"})).await.ok(200);
    ann.patch(&place, &json!({"status": "completed", "progress": 100})).await.ok(200);
    assert_eq!(achievements(&ann).await, Vec::<Value>::new());
}
