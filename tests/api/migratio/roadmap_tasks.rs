use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::roadmaps::{given_roadmap, route, task_at};
use crate::support::{Caller, TestApp, assert_holds};

/// The roadmap's status, and those of its phases.
fn statuses(roadmap: &Value) -> String {
    let phases = roadmap["phases"].as_array().unwrap();
    let status = |one: &Value| one["status"].as_str().unwrap().to_owned();
    let mut all = vec![status(roadmap)];
    all.extend(phases.iter().map(status));
    all.join(" ")
}

#[tokio::test]
async fn phases_and_roadmap_follow_the_tasks() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let roadmap = ann.get(&place).await.ok(200);
    assert_eq!(statuses(&roadmap), "draft active pending pending pending pending");
    // Choose; collect and translate; register. Two phases have no tasks.
    for (phase, task, status, then) in [
        (0, 0, "inProgress", "active active pending pending pending pending"),
        (0, 0, "completed", "active completed active pending pending pending"),
        (1, 1, "completed", "active completed active pending pending pending"),
        (3, 0, "blocked", "active completed active pending active pending"),
        (1, 0, "completed", "active completed completed completed active pending"),
        (3, 0, "completed", "completed completed completed completed completed completed"),
        (1, 1, "inProgress", "active completed active pending completed pending"),
        (1, 1, "completed", "completed completed completed completed completed completed"),
        // A phase without tasks is only done with all before it.
        (0, 0, "pending", "active active completed pending completed pending"),
    ] {
        let changed =
            ann.patch(&task_at(&place, &roadmap, phase, task), &json!({"status": status})).await;
        assert_eq!(statuses(&changed.ok(200)), then, "{phase} {task} {status}");
        let task = &changed.json()["phases"][phase]["tasks"][task];
        assert_eq!(task["status"], status);
        assert_eq!(task["completedDate"].is_string(), status == "completed", "{task}");
        for one in changed.json()["phases"].as_array().unwrap() {
            let reached = &one["milestones"][0]["achievedDate"];
            let tasks = !one["tasks"].as_array().unwrap().is_empty();
            assert_eq!(reached.is_string(), tasks && one["status"] == "completed", "{one}");
        }
    }
}

#[tokio::test]
async fn a_patch_changes_the_fields_that_it_names_alone() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let roadmap = ann.get(&place).await.ok(200);
    let task = task_at(&place, &roadmap, 0, 0);
    let written = json!({"title": "ü\u{1f600}", "description": null, "dueDate": "2027-05-06", "notes": "a\nb"});
    let changed = ann.patch(&task, &written).await.ok(200);
    assert_holds(&changed["phases"][0]["tasks"][0], &written);
    assert_holds(
        &changed["phases"][0]["tasks"][0],
        &json!({"status": "pending", "completedDate": null}),
    );
    assert_eq!(changed["phases"][1], roadmap["phases"][1]);
    assert_eq!(changed["phases"][0]["milestones"], roadmap["phases"][0]["milestones"]);
    let done = ann.patch(&task, &json!({"status": "completed"})).await.ok(200);
    let kept = ann.patch(&task, &json!({"notes": null})).await.ok(200);
    let (done, kept) = (&done["phases"][0]["tasks"][0], &kept["phases"][0]["tasks"][0]);
    assert_eq!((&kept["completedDate"], &kept["notes"]), (&done["completedDate"], &json!(null)));
    assert_eq!(kept["title"], "ü\u{1f600}");
    for patch in [
        json!({"title": null}),
        json!({"title": ""}),
        json!({"title": "x".repeat(201)}),
        json!({"status": "done"}),
        json!({"notes": "x".repeat(2001)}),
        json!({"dueDate": "3000-01-01"}),
        json!({"id": Uuid::now_v7()}),
        json!({"completedDate": "2027-01-01"}),
        json!({"notes": "a\u{0}"}),
        json!([]),
    ] {
        let refused = ann.patch(&task, &patch).await;
        assert!([400, 422].contains(&refused.status), "{patch}: {refused:?}");
    }
    ann.patch(&task, &json!({})).await.ok(200);
    let stale =
        ann.send(Method::PATCH, &task, ("if-match", "\"1\""), Some(&json!({"notes": "x"}))).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
}

#[tokio::test]
async fn tasks_that_are_not_there_are_not_found() {
    let app = TestApp::new().await;
    let (ann, bob, program) =
        (app.user("ann").await, app.user("bob").await, route(&app, "x").await);
    let (place, other) = (given_roadmap(&ann, program).await, given_roadmap(&ann, program).await);
    let task = task_at(&place, &ann.get(&place).await.ok(200), 0, 0);
    let id = task.rsplit_once('/').unwrap().1;
    for path in [
        format!("{place}/phases/Planning/tasks/{}", Uuid::now_v7()),
        format!("{place}/phases/Integration/tasks/{id}"),
        format!("{place}/phases/planning/tasks/{id}"),
        format!("{place}/phases/Planning/tasks/x"),
        format!("{other}/phases/Planning/tasks/{id}"),
    ] {
        assert_eq!(
            ann.patch(&path, &json!({"notes": "x"})).await.brief(),
            "404 not-found",
            "{path}"
        );
        assert_eq!(ann.delete(&path).await.brief(), "404 not-found", "{path}");
    }
    let nowhere = format!("{place}/phases/Nowhere/tasks");
    assert_eq!(ann.post(&nowhere, &json!({"title": "x"})).await.brief(), "404 not-found");
    assert_eq!(bob.patch(&task, &json!({"notes": "x"})).await.brief(), "404 not-found");
    assert_eq!(bob.delete(&task).await.brief(), "404 not-found");
    let tasks = task.rsplit_once('/').unwrap().0;
    assert_eq!(bob.post(tasks, &json!({"title": "x"})).await.brief(), "404 not-found");
}

#[tokio::test]
async fn own_tasks_are_added_last_and_deleted() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let tasks = format!("{place}/phases/Integration/tasks");
    let written =
        json!({"title": "Find a choir", "description": "d", "dueDate": "2028-01-01", "notes": "n"});
    let made = ann.post(&tasks, &written).await.ok(200);
    let task = &made["phases"][4]["tasks"][0];
    assert_holds(task, &written);
    assert_holds(task, &json!({"status": "pending", "completedDate": null}));
    let begun = ann.post(&tasks, &json!({"title": "Sing", "status": "inProgress"})).await.ok(200);
    assert_eq!(begun["phases"][4]["tasks"][1]["title"], "Sing");
    assert_eq!(statuses(&begun), "active active pending pending pending active");
    let key = ("idempotency-key", "once");
    for _ in 0..2 {
        let repeated =
            ann.send(Method::POST, &tasks, key, Some(&json!({"title": "Dance"}))).await.ok(200);
        assert_eq!(repeated["phases"][4]["tasks"].as_array().unwrap().len(), 3);
    }
    let first = format!("{tasks}/{}", task["id"].as_str().unwrap());
    let stale = ann.send(Method::DELETE, &first, ("if-match", "\"1\""), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(ann.delete(&first).await.status, 204);
    assert_eq!(ann.delete(&first).await.brief(), "404 not-found");
    let left = ann.get(&place).await.ok(200);
    let titles: Vec<_> =
        left["phases"][4]["tasks"].as_array().unwrap().iter().map(|one| &one["title"]).collect();
    assert_eq!(titles, ["Sing", "Dance"]);
    for task in 0..2 {
        ann.delete(&task_at(&place, &left, 4, task)).await;
    }
    assert_eq!(ann.get(&place).await.ok(200)["phases"][4]["tasks"], json!([]));
}

#[tokio::test]
async fn a_phase_takes_a_hundred_tasks_and_parallel_changes_lose_none() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let tasks = format!("{place}/phases/Planning/tasks");
    let body = json!({"title": "x"});
    let added = join_all((0..104).map(|_| ann.post(&tasks, &body))).await;
    let refused: Vec<_> = added.iter().filter(|answer| answer.status != 200).collect();
    assert_eq!(refused.len(), 5, "one was there");
    assert!(
        refused.iter().all(|answer| answer.brief() == r#"422 validation [" tasks"]"#),
        "{refused:?}"
    );
    let before = ann.get(&place).await.ok(200);
    let patches: Vec<_> = (0..50)
        .map(|number| {
            let patch = json!({"notes": number.to_string(), "status": "completed"});
            (task_at(&place, &before, 0, number), patch)
        })
        .collect();
    let gone: Vec<_> = (50..60).map(|number| task_at(&place, &before, 0, number)).collect();
    let notes = json!({"notes": "meanwhile"});
    let (patched, deleted, named) = tokio::join!(
        join_all(patches.iter().map(|(task, patch)| ann.patch(task, patch))),
        join_all(gone.iter().map(|task| ann.delete(task))),
        ann.patch(&place, &notes),
    );
    assert!(patched.iter().all(|answer| answer.status == 200), "{patched:?}");
    assert!(deleted.iter().all(|answer| answer.status == 204), "{deleted:?}");
    named.ok(200);
    let after = ann.get(&place).await.ok(200);
    assert_eq!((&after["notes"], &after["status"]), (&json!("meanwhile"), &json!("active")));
    let left = after["phases"][0]["tasks"].as_array().unwrap();
    assert_eq!(left.len(), 90);
    for (number, task) in left.iter().enumerate() {
        let done = if number < 50 { json!(number.to_string()) } else { json!(null) };
        assert_eq!(
            (&task["notes"], task["status"] == "completed"),
            (&done, number < 50),
            "{number}"
        );
    }
}

#[tokio::test]
async fn a_remark_opens_nothing_again_and_without_tasks_nothing_is_done() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    ann.post(&format!("{place}/activate"), &json!({})).await.ok(200);
    let roadmap = ann.post(&format!("{place}/complete"), &json!({})).await.ok(200);
    let task = task_at(&place, &roadmap, 0, 0);
    for change in [json!({"notes": "x"}), json!({"status": "completed"})] {
        assert_eq!(ann.patch(&task, &change).await.ok(200)["status"], "completed");
    }
    let reopened = ann.patch(&task, &json!({"status": "pending"})).await.ok(200);
    assert_eq!(reopened["status"], "active");
    let bare = route(&app, "bare").await;
    app.execute(&format!(
        "update migratio.programs set application_steps = '[]' where id = '{bare}'"
    ))
    .await;
    let roadmap = ann.get(&given_roadmap(&ann, bare).await).await.ok(200);
    assert_eq!(statuses(&roadmap), "draft pending pending pending pending pending");
}
