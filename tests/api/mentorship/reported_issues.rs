use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::resources::keeper;
use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/mentorship/issues";

/// Reports an issue; where it is found.
pub async fn given_issue(user: &User<'_>, title: &str) -> String {
    let made = user.post(PATH, &json!({"title": title, "description": "Every time."})).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// Puts an issue into any status, as no request could.
async fn put_into(app: &TestApp, place: &str, status: &str) {
    let id = place.rsplit('/').next().unwrap();
    app.execute(&format!(
        "set session_replication_role = replica;
         update mentorship.reported_issues set status = '{status}' where id = '{id}'"
    ))
    .await;
}

/// Titles of the list, page by page.
async fn titles(user: &User<'_>, query: &str) -> String {
    let (mut titles, mut cursor) = (String::new(), String::new());
    loop {
        let page = user.get(&format!("{PATH}?{query}{cursor}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        titles.extend(items.iter().map(|one| one["title"].as_str().unwrap()));
        let Some(next) = page["nextCursor"].as_str() else { return titles };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn an_issue_is_seen_by_its_reporter_and_administrators_alone() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let body = json!({"title": "Empty calendar", "description": "Since Monday. 📅"});
    let made = ann.post(PATH, &body).await;
    assert_holds(&made.ok(201), &body);
    let fields = json!({"userId": ann.id, "status": "open", "assignedToId": null});
    assert_holds(&made.json(), &fields);
    let place = made.header("location");
    for reader in [&ann, &keeper] {
        assert_eq!(reader.get(place).await.ok(200), made.json());
    }
    for method in [Method::GET, Method::PUT, Method::PATCH] {
        let refused = bob.send(method, place, ("x", "y"), Some(&body)).await;
        assert_eq!(refused.brief(), "404 not-found");
    }
    assert_eq!(keeper.put(place, &body).await.brief(), "403 forbidden", "not the keeper's words");
    assert_eq!(keeper.patch(place, &json!({"title": "x"})).await.brief(), "403 forbidden");
    for user in [&ann, &keeper] {
        assert_eq!(user.delete(place).await.brief(), "405 method-not-allowed");
    }
    assert_eq!(ann.get(place).await.ok(200), made.json());
}

#[tokio::test]
async fn the_reporter_rewords_an_issue_while_it_is_open() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let place = given_issue(&ann, "First").await;
    let body = json!({"title": "Second", "description": "Better."});
    let replaced = ann.put(&place, &body).await;
    assert_holds(&replaced.ok(200), &body);
    let stale = ann.send(Method::PUT, &place, ("if-match", "\"0\""), Some(&body)).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    ann.patch(&place, &json!({"title": "Third"})).await.ok(200);
    for (verb, status) in [("start", "in_progress"), ("resolve", "resolved")] {
        keeper.post(&format!("{place}/{verb}"), &json!({})).await.ok(200);
        for refused in
            [ann.put(&place, &body).await, ann.patch(&place, &json!({"title": "x"})).await]
        {
            assert_eq!(refused.brief(), "409 conflict", "{status}");
            let detail = refused.json()["detail"].as_str().unwrap().to_owned();
            assert!(detail.ends_with(status), "{detail}");
        }
        assert_eq!(ann.get(&place).await.ok(200)["title"], "Third");
        assert_eq!(keeper.put(&place, &body).await.brief(), "403 forbidden");
    }
    keeper.post(&format!("{place}/reopen"), &json!({})).await.ok(200);
    ann.put(&place, &body).await.ok(200);
}

#[tokio::test]
async fn only_administrators_move_an_issue_and_only_along_its_flow() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_issue(&ann, "Moved").await;
    let nothing = json!({});
    for (status, moves) in [
        ("open", [("start", 200), ("resolve", 200), ("reopen", 409)]),
        ("in_progress", [("start", 409), ("resolve", 200), ("reopen", 200)]),
        ("resolved", [("start", 409), ("resolve", 409), ("reopen", 200)]),
    ] {
        for (verb, wanted) in moves {
            put_into(&app, &place, status).await;
            let path = format!("{place}/{verb}");
            for user in [&ann, &bob] {
                assert_eq!(user.post(&path, &nothing).await.brief(), "403 forbidden");
            }
            assert_eq!(keeper.get(&place).await.ok(200)["status"], status);
            let moved = keeper.post(&path, &nothing).await;
            assert_eq!(moved.status, wanted, "{status} {verb}: {moved:?}");
            let then = match (wanted, verb) {
                (200, "start") => "in_progress",
                (200, "resolve") => "resolved",
                (200, _) => "open",
                _ => status,
            };
            assert_eq!(ann.get(&place).await.ok(200)["status"], then, "{status} {verb}");
            if wanted == 409 {
                let detail = moved.json()["detail"].as_str().unwrap().to_owned();
                assert!(detail.contains("allowed: "), "{detail}");
            }
        }
    }
    let nowhere = format!("{PATH}/{}/start", Uuid::now_v7());
    assert_eq!(keeper.post(&nowhere, &nothing).await.brief(), "404 not-found");
}

#[tokio::test]
async fn of_moves_at_once_one_is_made() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let place = given_issue(&ann, "Contended").await;
    let (path, nothing) = (format!("{place}/start"), json!({}));
    let moved = join_all((0..8).map(|_| keeper.post(&path, &nothing))).await;
    let mut statuses: Vec<u16> = moved.iter().map(|one| one.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409], "{moved:?}");
}

#[tokio::test]
async fn an_issue_is_given_to_administrators_alone() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let second = app.user_with_roles("second", &["mentorship:admin"]).await;
    let other = app.user_with_roles("other", &["platform:admin", "smatrx:admin"]).await;
    let place = given_issue(&ann, "Given").await;
    let path = format!("{place}/assign");
    let to = |person: Uuid| json!({"assignedToId": person});
    let given = keeper.post(&path, &to(second.id)).await;
    assert_eq!(given.ok(200)["assignedToId"], json!(second.id));
    for person in [ann.id, other.id, Uuid::now_v7()] {
        let refused = keeper.post(&path, &to(person)).await;
        assert_eq!(refused.brief(), r#"422 validation ["/assignedToId check"]"#);
    }
    for user in [&ann, &other] {
        assert_eq!(user.post(&path, &to(second.id)).await.brief(), "403 forbidden");
    }
    let silent = keeper.post(&path, &json!({})).await;
    assert_eq!(silent.brief(), r#"422 validation ["/assignedToId required"]"#);
    assert_eq!(ann.get(&place).await.ok(200)["assignedToId"], json!(second.id));
    let nobody = json!({"assignedToId": null});
    assert_eq!(keeper.post(&path, &nobody).await.ok(200)["assignedToId"], Value::Null);
    keeper.post(&path, &to(second.id)).await.ok(200);
    app.execute(&format!("delete from identity.users where id = '{}'", second.id)).await;
    assert_eq!(ann.get(&place).await.ok(200)["assignedToId"], Value::Null);
}

#[tokio::test]
async fn the_list_has_ones_own_and_for_administrators_all() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    for (user, title, status, assigned) in [
        (&ann, "a", "open", false),
        (&bob, "b", "resolved", true),
        (&keeper, "c", "in_progress", true),
        (&ann, "d", "in_progress", false),
        (&keeper, "e", "open", false),
        (&ann, "f", "open", true),
    ] {
        let place = given_issue(user, title).await;
        let to = json!({"assignedToId": keeper.id});
        if assigned {
            keeper.post(&format!("{place}/assign"), &to).await.ok(200);
        }
        put_into(&app, &place, status).await;
    }
    for (user, query, wanted) in [
        (&ann, "", "fda"),
        (&ann, "mine=true", "fda"),
        (&ann, "status=open", "fa"),
        (&ann, "assignedTo=me", ""),
        (&bob, "", "b"),
        (&bob, "status=open", ""),
        (&keeper, "", "fedcba"),
        (&keeper, "status=open", "fea"),
        (&keeper, "status=in_progress", "dc"),
        (&keeper, "status=in_progress,open&status=open", "fedca"),
        (&keeper, "mine=true", "ec"),
        (&keeper, "mine=true&status=open", "e"),
        (&keeper, "assignedTo=me", "fcb"),
        (&keeper, "assignedTo=me&status=open", "f"),
        (&keeper, "assignedTo=me&mine=true", "c"),
        (&keeper, "assignedTo=me&mine=true&status=open", ""),
    ] {
        for limit in [1, 2, 100] {
            let found = titles(user, &format!("{query}&limit={limit}")).await;
            assert_eq!(found, wanted, "{} {query}", user.email);
        }
    }
    for query in ["status=closed", "assignedTo=you", "assignedTo=", "mine=1", "cursor=x"] {
        assert_eq!(ann.get(&format!("{PATH}?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn whoever_is_no_administrator_any_more_sees_their_own_alone() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let place = given_issue(&ann, "a").await;
    let to = json!({"assignedToId": keeper.id});
    keeper.post(&format!("{place}/assign"), &to).await.ok(200);
    given_issue(&keeper, "k").await;
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", keeper.id)).await;
    for query in ["", "status=open", "assignedTo=me"] {
        assert_eq!(titles(&keeper, query).await, "", "{query}, by a token that still says so");
    }
    assert_eq!(titles(&keeper, "mine=true").await, "k");
    assert_eq!(keeper.get(&place).await.brief(), "404 not-found");
    for verb in ["start", "resolve", "reopen"] {
        let refused = keeper.post(&format!("{place}/{verb}"), &json!({})).await;
        assert_eq!(refused.brief(), "404 not-found");
    }
    assert_eq!(keeper.post(&format!("{place}/assign"), &to).await.brief(), "404 not-found");
}

#[tokio::test]
async fn bad_issues_are_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_issue(&ann, "Untouched").await;
    for (field, value, brief) in [
        ("title", json!(""), "/title length"),
        ("title", json!("x".repeat(201)), "/title length"),
        ("description", json!(""), "/description length"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("description", json!("\0"), "/description nul"),
        ("status", json!("resolved"), "/status unknown_field"),
        ("assignedToId", json!(ann.id), "/assignedToId unknown_field"),
    ] {
        let mut body = json!({"title": "x", "description": "y"});
        body[field] = value;
        let brief = format!(r#"422 validation ["{brief}"]"#);
        assert_eq!(ann.post(PATH, &body).await.brief(), brief);
        assert_eq!(ann.put(&place, &body).await.brief(), brief);
        assert_eq!(ann.patch(&place, &json!({field: body[field]})).await.brief(), brief);
    }
    assert_eq!(ann.get(&place).await.ok(200)["title"], "Untouched");
}

#[tokio::test]
async fn what_a_leaver_reported_stays_with_the_administrators() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_issue(&ann, "Left").await;
    app.execute(&format!("delete from identity.users where id = '{}'", ann.id)).await;
    let fields = json!({"userId": null, "title": "Left", "description": "Every time."});
    assert_holds(&keeper.get(&place).await.ok(200), &fields);
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(keeper.patch(&place, &json!({"title": "x"})).await.brief(), "403 forbidden");
    keeper.post(&format!("{place}/resolve"), &json!({})).await.ok(200);
    assert_eq!(titles(&keeper, "status=resolved").await, "Left");
}
