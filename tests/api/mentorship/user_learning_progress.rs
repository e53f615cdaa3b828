use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::learning_paths::{PATH, given_path, keeper, modules};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

/// Completes a module of the path at this place.
async fn complete(user: &User<'_>, path: &str, module: &str) -> Response {
    Response::of(user.request(Method::PUT, &format!("{path}/progress/modules/{module}"))).await
}

#[tokio::test]
async fn starting_again_gives_the_progress_as_it_is() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let path = given_path(&keeper, &["a"]).await;
    let place = format!("{path}/progress");
    let started = ann.post(&place, &json!({})).await;
    assert_holds(
        &started.ok(201),
        &json!({"completedModules": [], "progress": 0, "completedAt": null}),
    );
    assert!(path.ends_with(started.json()["pathId"].as_str().unwrap()));
    assert_eq!(started.header("location"), place);
    let done = complete(&ann, &path, "a").await;
    let again = ann.post(&place, &json!({})).await;
    assert_eq!((again.ok(200), again.etag()), (done.ok(200), done.etag()));
    assert_eq!(ann.get(&place).await.ok(200), done.json());
    assert_eq!(ann.post(&place, &json!({"progress": 100})).await.status, 422);

    let nowhere = format!("{PATH}/{}/progress", Uuid::now_v7());
    for refused in [ann.post(&nowhere, &json!({})).await, ann.get(&nowhere).await] {
        assert_eq!(refused.brief(), "404 not-found");
    }
    let bob = app.user("bob").await;
    let race = join_all((0..10).map(|_| Response::of(bob.request(Method::POST, &place)))).await;
    let mut statuses: Vec<u16> = race.iter().map(|one| one.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 200, 200, 201]);
    assert!(race.iter().all(|one| one.id() == race[0].id()));
}

#[tokio::test]
async fn a_start_is_answered_once_per_idempotency_key() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let place = format!("{}/progress", given_path(&keeper, &["a"]).await);
    let keyed = async || ann.send(Method::POST, &place, ("idempotency-key", "k"), None).await;
    let first = keyed().await;
    first.ok(201);
    assert_eq!(ann.delete(&place).await.status, 204);
    let again = keyed().await;
    assert_eq!((again.ok(201), again.header("idempotency-replayed")), (first.json(), "true"));
    assert_eq!(ann.get(&place).await.status, 404);
}

#[tokio::test]
async fn progress_is_ones_own() {
    let app = TestApp::new().await;
    let (keeper, ann, bob) = (keeper(&app).await, app.user("ann").await, app.user("bob").await);
    let path = given_path(&keeper, &["a", "b"]).await;
    let place = format!("{path}/progress");
    let anns = complete(&ann, &path, "a").await.ok(200);
    for other in [&bob, &keeper] {
        assert_eq!(other.get(&place).await.brief(), "404 not-found");
        assert_eq!(other.delete(&place).await.brief(), "404 not-found");
        assert_eq!(other.get("/v1/mentorship/learning-progress").await.ok(200)["items"], json!([]));
    }
    complete(&bob, &path, "b").await.ok(200);
    bob.delete(&place).await;
    assert_eq!(ann.get(&place).await.ok(200), anns);
}

#[tokio::test]
async fn progress_follows_from_the_modules_completed() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let path = given_path(&keeper, &["a", "b", "c"]).await;
    for (module, done, progress) in
        [("c", json!(["c"]), 33), ("a", json!(["c", "a"]), 66), ("b", json!(["c", "a", "b"]), 100)]
    {
        let row = complete(&ann, &path, module).await.ok(200);
        assert_holds(&row, &json!({"completedModules": done, "progress": progress}));
        assert_eq!(row["completedAt"].is_null(), progress < 100, "{row}");
        let again = complete(&ann, &path, module).await;
        assert_eq!(again.ok(200), row, "twice changes nothing");
    }
    let nobody = "select count(*) from audit.logs
        where entity_type = 'mentorship.user_learning_progress' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn a_module_that_the_path_does_not_have_is_refused() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let path = given_path(&keeper, &["a", "b"]).await;
    let long = "a".repeat(5000);
    for unknown in ["c", "A", "%00", "a%00", "a%2Fb", "%F0%9F%A6%80", "a'--", &long] {
        let refused = complete(&ann, &path, unknown).await;
        assert_eq!(refused.brief(), r#"422 validation ["/moduleId check"]"#, "{unknown}");
    }
    assert_eq!(ann.get(&format!("{path}/progress")).await.brief(), "404 not-found");
    let row = complete(&ann, &path, "a").await.ok(200);
    assert_eq!(complete(&ann, &path, "c").await.status, 422);
    assert_eq!(ann.get(&format!("{path}/progress")).await.ok(200), row);
    for nowhere in [format!("{PATH}/{}", Uuid::now_v7()), format!("{PATH}/x")] {
        assert_eq!(complete(&ann, &nowhere, "a").await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn progress_follows_when_the_path_changes() {
    let app = TestApp::new().await;
    let (keeper, ann, bob) = (keeper(&app).await, app.user("ann").await, app.user("bob").await);
    let path = given_path(&keeper, &["a", "b", "c"]).await;
    complete(&ann, &path, "a").await.ok(200);
    complete(&ann, &path, "b").await.ok(200);
    let bobs = Response::of(bob.request(Method::POST, &format!("{path}/progress"))).await.ok(201);
    for (ids, done, progress) in [
        (vec!["a", "b"], json!(["a", "b"]), 100),
        (vec!["b", "a"], json!(["a", "b"]), 100),
        (vec!["a", "b", "c", "d"], json!(["a", "b"]), 50),
        (vec!["d", "b", "c"], json!(["b"]), 33),
        (vec!["d"], json!([]), 0),
        (vec![], json!([]), 0),
        (vec!["a"], json!([]), 0),
    ] {
        keeper.patch(&path, &json!({"modules": modules(&ids)})).await.ok(200);
        let row = ann.get(&format!("{path}/progress")).await.ok(200);
        assert_holds(&row, &json!({"completedModules": done, "progress": progress}));
        assert_eq!(row["completedAt"].is_null(), progress < 100, "{ids:?}");
    }
    let bobs_now = bob.get(&format!("{path}/progress")).await.ok(200);
    assert_holds(&bobs_now, &json!({"id": bobs["id"], "progress": 0, "completedAt": null}));
    let before = ann.get(&format!("{path}/progress")).await;
    keeper.patch(&path, &json!({"title": "Renamed"})).await.ok(200);
    assert_eq!(ann.get(&format!("{path}/progress")).await.etag(), before.etag());
    assert_eq!(keeper.delete(&path).await.status, 204);
    assert_eq!(ann.get(&format!("{path}/progress")).await.brief(), "404 not-found");
}

#[tokio::test]
async fn giving_up_forgets_the_progress() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let path = given_path(&keeper, &["a", "b"]).await;
    let place = format!("{path}/progress");
    let old = complete(&ann, &path, "a").await.etag().to_owned();
    complete(&ann, &path, "b").await.ok(200);
    let stale = ann.send(Method::DELETE, &place, ("if-match", &old), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(ann.delete(&place).await.status, 204);
    assert_eq!(ann.delete(&place).await.brief(), "404 not-found");
    let anew = ann.post(&place, &json!({})).await.ok(201);
    assert_holds(&anew, &json!({"completedModules": [], "progress": 0, "completedAt": null}));
}

#[tokio::test]
async fn all_progress_is_listed_newest_first() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let mut rows = Vec::new();
    for _ in 0..5 {
        let path = given_path(&keeper, &["a"]).await;
        rows.insert(0, complete(&ann, &path, "a").await.ok(200));
    }
    let list = "/v1/mentorship/learning-progress";
    let first = ann.get(&format!("{list}?limit=3")).await.ok(200);
    assert_eq!(first["items"], Value::from(rows[..3].to_vec()));
    let cursor = first["nextCursor"].as_str().unwrap();
    let last = ann.get(&format!("{list}?cursor={cursor}")).await.ok(200);
    assert_eq!(last, json!({"items": rows[3..], "nextCursor": null}));
    assert_eq!(ann.get(&format!("{list}?limit=0")).await.status, 400);
}

#[tokio::test]
async fn modules_completed_at_once_are_each_counted_once() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let ids: Vec<String> = (0..20).map(|number| format!("m{number}")).collect();
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    let path = given_path(&keeper, &all).await;
    // Each twice.
    let twice = all.iter().chain(&all).map(|id| complete(&ann, &path, id));
    for answer in join_all(twice).await {
        answer.ok(200);
    }
    let row = ann.get(&format!("{path}/progress")).await.ok(200);
    let mut done: Vec<&str> =
        row["completedModules"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    done.sort_unstable();
    let mut wanted = all.clone();
    wanted.sort_unstable();
    assert_eq!((done, &row["progress"]), (wanted, &json!(100)));
    assert!(row["completedAt"].is_string());
}

#[tokio::test]
async fn completions_and_changes_of_the_path_at_once_wait_and_agree() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let ids: Vec<String> = (0..20).map(|number| format!("m{number}")).collect();
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    let path = given_path(&keeper, &all).await;
    let users = join_all(["ann", "bob", "carla"].map(|name| app.user(name))).await;
    let completions = users.iter().flat_map(|user| {
        let path = &path;
        all.iter().map(async move |id| {
            let status = complete(user, path, id).await.status;
            assert!([200, 422].contains(&status), "{id}: {status}");
        })
    });
    let changes = (0..20).map(async |number| {
        let some = &all[..all.len() - number % 3];
        keeper.patch(&path, &json!({"modules": modules(some)})).await.ok(200);
    });
    let giving_up = users.iter().map(async |user| {
        let status = user.delete(&format!("{path}/progress")).await.status;
        assert!([204, 404].contains(&status), "{status}");
    });
    tokio::join!(join_all(completions), join_all(changes), join_all(giving_up));
    let apart = "select count(*) from mentorship.user_learning_progress as own
        join mentorship.learning_paths as path on path.id = own.path_id
        where own.progress <> cardinality(own.completed_modules) * 100 / jsonb_array_length(path.modules)
          or not own.completed_modules <@ mentorship.module_ids(path.modules)
          or (select count(distinct id) from unnest(own.completed_modules) as id)
            <> cardinality(own.completed_modules)";
    assert_eq!(app.count(apart).await, 0);
}
