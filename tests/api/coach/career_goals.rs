use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/coach/career-goals";

/// Makes a goal and gives its place.
async fn given_goal(user: &User<'_>, mut fields: Value) -> String {
    if fields.get("title").is_none() {
        fields["title"] = json!("Staff engineer");
    }
    let made = user.post(PATH, &fields).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// So many milestones, so many of them completed.
fn milestones(count: usize, completed: usize) -> Value {
    (0..count)
        .map(|number| json!({"title": format!("Step {number}"), "completed": number < completed}))
        .collect()
}

/// Status and progress of a goal.
fn state(goal: &Value) -> (String, i64) {
    (goal["status"].as_str().unwrap().to_owned(), goal["progress"].as_i64().unwrap())
}

#[tokio::test]
async fn goal_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let written = json!({
        "title": "Staff engineer", "description": "Zwölf Leute \u{1f600}", "status": "ABANDONED",
        "priority": 5, "progress": 50, "targetDate": "2027-06-30",
        "milestones": [
            {"title": "Lead", "completed": true, "dueDate": "2026-09-30"},
            {"title": "Speak", "completed": false, "dueDate": null},
        ],
        "recommendations": ["Find a mentor"],
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let place = given_goal(&ann, json!({"milestones": [{"title": "Begin"}]})).await;
    let minimal = ann.get(&place).await.ok(200);
    let begun = json!([{"title": "Begin", "completed": false, "dueDate": null}]);
    assert_eq!(minimal["milestones"], begun);
    for (name, value) in [
        ("description", json!(null)),
        ("status", json!("NOT_STARTED")),
        ("priority", json!(0)),
        ("progress", json!(0)),
        ("targetDate", json!(null)),
        ("recommendations", json!([])),
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
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("status", json!("DONE"), "/status type"),
        ("priority", json!(6), "/priority range"),
        ("priority", json!(-1), "/priority range"),
        ("progress", json!(101), "/progress range"),
        ("progress", json!(-1), "/progress range"),
        ("progress", json!(0.5), "/progress type"),
        ("targetDate", json!("2026-02-30"), "/targetDate type"),
        ("targetDate", json!("1899-12-31"), "/targetDate date"),
        ("recommendations", json!([""]), "/recommendations lines"),
        ("milestones", json!(null), "/milestones type"),
        ("milestones", json!({}), "/milestones type"),
        ("milestones", milestones(101, 0), "/milestones length"),
        ("milestones", json!([{}]), "/milestones/0/title required"),
        ("milestones", json!([{"title": ""}]), "/milestones/0/title length"),
        ("milestones", json!([{"title": "a\0"}]), "/milestones/0/title nul"),
        ("milestones", json!([{"title": "a", "done": true}]), "/milestones/0/done unknown_field"),
        ("milestones", json!([{"title": "a", "completed": 1}]), "/milestones/0/completed type"),
        ("milestones", json!([{"title": "a", "dueDate": "x"}]), "/milestones/0/dueDate type"),
    ] {
        let mut wrong = json!({"title": "Goal"});
        wrong[field] = value.clone();
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field} {value}");
    }
}

#[tokio::test]
async fn table_refuses_milestones_that_are_none() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    given_goal(&ann, json!({})).await;
    let mut conn = app.sql().await;
    for milestones in [
        r"{}",
        r"[1]",
        r"[[]]",
        r#"[{"title": "a"}]"#,
        r#"[{"title": 1, "completed": true}]"#,
        r#"[{"title": "a", "completed": "yes"}]"#,
        r#"[[{"title": "a", "completed": true}]]"#,
    ] {
        let written = sqlx::query("update coach.career_goals set milestones = $1::jsonb")
            .bind(milestones)
            .execute(&mut conn)
            .await;
        let code = written.err().and_then(|error| Some(error.as_database_error()?.code()?.into()));
        assert_eq!(code, Some("23514".to_owned()), "{milestones}");
    }
}

#[tokio::test]
async fn goal_of_another_user_is_not_found() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = given_goal(&ann, json!({"milestones": milestones(1, 0)})).await;
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.put(&place, &json!({"title": "x"})).await.brief(), "404 not-found");
    assert_eq!(bob.patch(&place, &json!({"title": "x"})).await.brief(), "404 not-found");
    let tick = bob.patch(&format!("{place}/milestones/0"), &json!({"completed": true})).await;
    assert_eq!(tick.brief(), "404 not-found");
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    assert_eq!(ann.get(&place).await.ok(200)["progress"], 0);
}

#[tokio::test]
async fn list_filters_by_status_and_pages() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_goal(&bob, json!({"title": "z"})).await;
    for (title, status) in
        [("a", "NOT_STARTED"), ("b", "COMPLETED"), ("c", "IN_PROGRESS"), ("d", "NOT_STARTED")]
    {
        given_goal(&ann, json!({"title": title, "status": status})).await;
    }
    for (query, expected) in [
        ("", "dcba"),
        ("status=NOT_STARTED", "da"),
        ("status=NOT_STARTED,COMPLETED", "dba"),
        ("status=COMPLETED&status=IN_PROGRESS", "cb"),
        ("status=ABANDONED", ""),
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
    for bad in ["status=DONE", "status=", "type=x"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn progress_is_the_share_of_completed_milestones_whatever_is_written() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (count, completed, progress) in
        [(3, 0, 0), (3, 1, 33), (3, 2, 66), (3, 3, 100), (100, 99, 99), (1, 1, 100)]
    {
        let steps = milestones(count, completed);
        let body = json!({"title": "a", "progress": 7, "milestones": steps});
        let posted = ann.post(PATH, &body).await.ok(201);
        assert_eq!(posted["progress"], progress, "POST {completed}/{count}");
        let place = given_goal(&ann, json!({"progress": 50})).await;
        assert_eq!(ann.put(&place, &body).await.ok(200)["progress"], progress, "PUT");
        let place = given_goal(&ann, json!({"progress": 50})).await;
        let patched = ann.patch(&place, &json!({"milestones": steps})).await.ok(200);
        assert_eq!(patched["progress"], progress, "PATCH {completed}/{count}");
        let patched = ann.patch(&place, &json!({"progress": 13})).await.ok(200);
        assert_eq!(patched["progress"], progress, "PATCH of the progress alone");
    }
}

#[tokio::test]
async fn progress_without_milestones_is_as_written() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"progress": 40})).await;
    assert_eq!(ann.get(&place).await.ok(200)["progress"], 40);
    assert_eq!(ann.patch(&place, &json!({"progress": 60})).await.ok(200)["progress"], 60);
    assert_eq!(ann.patch(&place, &json!({"progress": null})).await.ok(200)["progress"], 60);
    assert_eq!(ann.put(&place, &json!({"title": "b"})).await.ok(200)["progress"], 60);
    let counted = ann.patch(&place, &json!({"milestones": milestones(4, 1)})).await.ok(200);
    assert_eq!(counted["progress"], 25);
    let freed = ann.patch(&place, &json!({"milestones": []})).await.ok(200);
    assert_eq!(freed["progress"], 25, "it stays where the milestones left it");
}

#[tokio::test]
async fn status_moves_along_when_the_progress_changes() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (before, progress, patch, after) in [
        ("NOT_STARTED", 0, 30, "IN_PROGRESS"),
        ("NOT_STARTED", 0, 100, "COMPLETED"),
        ("IN_PROGRESS", 30, 100, "COMPLETED"),
        ("IN_PROGRESS", 30, 60, "IN_PROGRESS"),
        ("IN_PROGRESS", 30, 0, "IN_PROGRESS"),
        ("COMPLETED", 100, 99, "IN_PROGRESS"),
        ("COMPLETED", 100, 0, "IN_PROGRESS"),
        ("ABANDONED", 30, 60, "ABANDONED"),
        ("ABANDONED", 30, 100, "ABANDONED"),
    ] {
        let place = given_goal(&ann, json!({"status": before, "progress": progress})).await;
        assert_eq!(state(&ann.get(&place).await.ok(200)), (before.to_owned(), progress));
        let patched = ann.patch(&place, &json!({"progress": patch})).await.ok(200);
        assert_eq!(state(&patched), (after.to_owned(), patch), "{before} {progress}");
    }
    for (progress, status) in [(0, "NOT_STARTED"), (1, "IN_PROGRESS"), (100, "COMPLETED")] {
        let place = given_goal(&ann, json!({"progress": progress})).await;
        assert_eq!(ann.get(&place).await.ok(200)["status"], status, "made at {progress}");
    }
}

#[tokio::test]
async fn status_that_is_set_is_taken_at_its_word() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"progress": 40})).await;
    for (status, progress) in [
        ("COMPLETED", 100),
        ("IN_PROGRESS", 100),
        ("ABANDONED", 100),
        ("NOT_STARTED", 0),
        ("ABANDONED", 0),
        ("IN_PROGRESS", 0),
        ("COMPLETED", 100),
        ("NOT_STARTED", 0),
    ] {
        let patched = ann.patch(&place, &json!({"status": status})).await.ok(200);
        assert_eq!(state(&patched), (status.to_owned(), progress));
        let put = ann.put(&place, &json!({"title": "a"})).await.ok(200);
        assert_eq!(state(&put), (status.to_owned(), progress), "PUT without it keeps it");
    }
    let made = ann.post(PATH, &json!({"title": "a", "status": "COMPLETED"})).await.ok(201);
    assert_eq!(made["progress"], 100);
    let counted = given_goal(&ann, json!({"milestones": milestones(2, 1)})).await;
    for status in ["ABANDONED", "IN_PROGRESS"] {
        let patched = ann.patch(&counted, &json!({"status": status})).await.ok(200);
        assert_eq!(state(&patched), (status.to_owned(), 50));
    }
}

#[tokio::test]
async fn status_that_the_progress_belies_is_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let belied = r#"422 validation ["/status check"]"#;
    for body in [
        json!({"title": "a", "status": "COMPLETED", "milestones": milestones(2, 1)}),
        json!({"title": "a", "status": "COMPLETED", "milestones": milestones(2, 0)}),
        json!({"title": "a", "status": "COMPLETED", "progress": 40}),
    ] {
        assert_eq!(ann.post(PATH, &body).await.brief(), belied, "{body}");
    }
    let place = given_goal(&ann, json!({"milestones": milestones(2, 1)})).await;
    for status in ["COMPLETED", "NOT_STARTED"] {
        assert_eq!(ann.patch(&place, &json!({"status": status})).await.brief(), belied);
    }
    let free = given_goal(&ann, json!({"progress": 40})).await;
    let both = json!({"status": "COMPLETED", "progress": 50});
    assert_eq!(ann.patch(&free, &both).await.brief(), belied);
    assert_eq!(state(&ann.get(&free).await.ok(200)), ("IN_PROGRESS".to_owned(), 40));
}

#[tokio::test]
async fn ticking_a_milestone_changes_it_alone() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"milestones": milestones(3, 0)})).await;
    let one = format!("{place}/milestones/1");
    let before = ann.get(&place).await.ok(200);
    let ticked = ann.patch(&one, &json!({"completed": true})).await;
    assert_eq!(ann.get(&place).await.ok(200), ticked.ok(200));
    assert_eq!(ann.get(&place).await.etag(), ticked.etag());
    let mut wanted = before["milestones"].clone();
    wanted[1]["completed"] = json!(true);
    assert_eq!(ticked.json()["milestones"], wanted);
    assert_eq!(state(&ticked.json()), ("IN_PROGRESS".to_owned(), 33));

    let dated = json!({"title": "Renamed", "dueDate": "2026-12-01"});
    let dated = ann.patch(&one, &dated).await.ok(200);
    let wanted = json!({"title": "Renamed", "completed": true, "dueDate": "2026-12-01"});
    assert_eq!(dated["milestones"][1], wanted, "absent keeps");
    let cleared = ann.patch(&one, &json!({"dueDate": null})).await.ok(200);
    assert_eq!(cleared["milestones"][1]["dueDate"], Value::Null, "null clears");

    for index in [0, 2] {
        ann.patch(&format!("{place}/milestones/{index}"), &json!({"completed": true}))
            .await
            .ok(200);
    }
    assert_eq!(state(&ann.get(&place).await.ok(200)), ("COMPLETED".to_owned(), 100));
    let unticked = ann.patch(&one, &json!({"completed": false})).await.ok(200);
    assert_eq!(state(&unticked), ("IN_PROGRESS".to_owned(), 66));
    let nobody = "select count(*) from audit.logs
        where entity_type = 'coach.career_goals' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn milestone_refuses_what_a_goal_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"milestones": milestones(2, 1)})).await;
    let before = ann.get(&place).await.ok(200);
    let one = format!("{place}/milestones/0");
    for (patch, fault) in [
        (json!({"title": ""}), "/title length"),
        (json!({"title": null}), "/title required"),
        (json!({"title": "a\0b"}), "/title nul"),
        (json!({"title": 1}), "/title type"),
        (json!({"completed": "yes"}), "/completed type"),
        (json!({"dueDate": "2026-13-01"}), "/dueDate type"),
        (json!({"dueDate": "0001-01-01"}), "/dueDate date"),
        (json!({"progress": 1}), "/progress unknown_field"),
        (json!([]), " type"),
    ] {
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.patch(&one, &patch).await.brief(), expected.as_str(), "{patch}");
    }
    assert_eq!(ann.get(&place).await.ok(200), before);
}

#[tokio::test]
async fn milestone_out_of_range_is_not_found() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"milestones": milestones(2, 0)})).await;
    let bare = given_goal(&ann, json!({})).await;
    let before = ann.get(&place).await.ok(200);
    let tick = json!({"completed": true});
    for index in ["2", "100", "-1", "65536", "99999999999", "x", "0.5"] {
        let refused = ann.patch(&format!("{place}/milestones/{index}"), &tick).await;
        assert_eq!(refused.brief(), "404 not-found", "{index}");
    }
    assert_eq!(ann.patch(&format!("{bare}/milestones/0"), &tick).await.brief(), "404 not-found");
    let nowhere = format!("{PATH}/{}/milestones/0", ann.id);
    assert_eq!(ann.patch(&nowhere, &tick).await.brief(), "404 not-found");
    assert_eq!(ann.get(&place).await.ok(200), before);
}

#[tokio::test]
async fn milestone_is_changed_only_in_the_version_told() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"milestones": milestones(2, 0)})).await;
    let one = format!("{place}/milestones/0");
    let old = ann.get(&place).await.etag().to_owned();
    let tick = json!({"completed": true});
    let first = ann.send(Method::PATCH, &one, ("if-match", &old), Some(&tick)).await;
    first.ok(200);
    let second = ann.send(Method::PATCH, &one, ("if-match", &old), Some(&tick)).await;
    assert_eq!(second.brief(), "412 precondition-failed");
    let nowhere = format!("{place}/milestones/2");
    let third = ann.send(Method::PATCH, &nowhere, ("if-match", &old), Some(&tick)).await;
    assert_eq!(third.brief(), "404 not-found");
    ann.send(Method::PATCH, &one, ("if-match", first.etag()), Some(&tick)).await.ok(200);
}

#[tokio::test]
async fn of_fifty_ticks_at_once_none_is_lost() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_goal(&ann, json!({"milestones": milestones(51, 0)})).await;
    let tick = json!({"completed": true});
    let ticks = (0..50).map(|index| {
        let (ann, tick, path) = (&ann, &tick, format!("{place}/milestones/{index}"));
        async move { ann.patch(&path, tick).await.ok(200) }
    });
    let titles = (0..5).map(|number| {
        let (ann, place, patch) = (&ann, &place, json!({"description": format!("{number}")}));
        async move { ann.patch(place, &patch).await.ok(200) }
    });
    tokio::join!(join_all(ticks), join_all(titles));
    let goal = ann.get(&place).await.ok(200);
    assert_eq!(goal["milestones"].as_array().unwrap().len(), 51);
    let done = goal["milestones"].as_array().unwrap().iter().filter(|one| one["completed"] == true);
    assert_eq!(done.count(), 50);
    assert_eq!(state(&goal), ("IN_PROGRESS".to_owned(), 98));
}
