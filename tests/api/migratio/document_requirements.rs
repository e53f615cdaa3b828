use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    people::{self, manager},
    programs::PATH,
};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

/// A programme, whose requirements are at this path, and a kind of documents.
async fn given_program(app: &TestApp) -> (String, Uuid) {
    let country = people::country(app, "Canada", "CA", ("CAD", 0.75)).await;
    let program = people::program(app, country, "Express Entry", &json!([])).await;
    let kind = people::document_type(app, "passport").await;
    (format!("{PATH}/{program}/document-requirements"), kind)
}

fn named(name: &str, kind: Uuid, position: i32) -> Value {
    json!({"name": name, "documentTypeId": kind, "position": position})
}

async fn names(user: &User<'_>, list: &str, limit: usize) -> String {
    let rows = user.all(list, limit).await;
    let names: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    names.join(" ")
}

#[tokio::test]
async fn requirement_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let (list, kind) = given_program(&app).await;
    let written = json!({
        "documentTypeId": kind, "name": "Pass 🛂", "description": "Größe", "isRequired": false,
        "stage": "PostArrival", "fees": {"amount": 65.5, "currency": "EUR", "notes": "日本"}, "position": 10_000,
    });
    let made = manager.post(&list, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    assert_eq!(made.header("location"), format!("{list}/{}", made.id()));
    assert_holds(&read, &written);
    assert!(list.contains(read["programId"].as_str().unwrap()) && read.get("own").is_none());
    let bare = json!({"documentTypeId": kind, "name": "Pass"});
    let bare = manager.put(made.header("location"), &bare).await.ok(200);
    let usual = json!({
        "description": null, "isRequired": true, "stage": "ApplicationPrep", "fees": null, "position": 0,
    });
    assert_holds(&bare, &usual);
    let patched = manager.patch(made.header("location"), &json!({"position": 3})).await;
    assert_eq!(patched.ok(200)["name"], "Pass");
    assert_eq!(manager.delete(made.header("location")).await.status, 204);
    assert_eq!(manager.delete(made.header("location")).await.brief(), "404 not-found");
}

#[tokio::test]
async fn requirements_are_listed_by_position() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let (list, kind) = given_program(&app).await;
    assert_eq!(names(&ann, &list, 1).await, "");
    for (name, position) in [("d", 5), ("a", 0), ("e", 5), ("b", 1), ("c", 1)] {
        manager.post(&list, &named(name, kind, position)).await.ok(201);
    }
    for limit in [1, 2, 3, 5, 100] {
        assert_eq!(names(&ann, &list, limit).await, "a b c d e", "by {limit}");
    }
    let rows = ann.all(&list, 100).await;
    let ids: Vec<&Value> = rows.iter().map(|row| &row["id"]).collect();
    let program = ann.get(list.trim_end_matches("/document-requirements")).await.ok(200);
    assert_eq!(program["requiredDocuments"], json!(ids));
    let nowhere = list.replace(program["id"].as_str().unwrap(), &Uuid::now_v7().to_string());
    assert_eq!(ann.get(&nowhere).await.brief(), "404 not-found");
    let bad = ann.get(&format!("{list}?cursor=bnVsbA")).await;
    assert_eq!(bad.brief(), r#"400 malformed ["cursor cursor"]"#);
}

#[tokio::test]
async fn requirement_is_read_by_all_and_written_by_content_managers() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let (list, kind) = given_program(&app).await;
    let place = manager.post(&list, &named("x", kind, 0)).await.header("location").to_owned();
    let row = ann.get(&place).await.ok(200);
    let nowhere = format!("{list}/{}", Uuid::now_v7());
    for (method, path) in [
        (Method::POST, &list),
        (Method::PUT, &place),
        (Method::PATCH, &place),
        (Method::DELETE, &place),
        (Method::PUT, &nowhere),
        (Method::DELETE, &nowhere),
    ] {
        let request =
            ann.request(method.clone(), path).header("if-match", "\"stale\"").body("nonsense");
        assert_eq!(Response::of(request).await.brief(), "403 forbidden", "{method} {path}");
    }
    assert_eq!(ann.get(&place).await.ok(200), row);
    assert_eq!(app.anonymous().get(&place).await.brief(), "401 unauthenticated");
    let (body, unknown) = (named("x", kind, 0), named("x", Uuid::now_v7(), 0));
    assert_eq!(manager.put(&nowhere, &body).await.brief(), "404 not-found");
    let gone = format!("{PATH}/{}/document-requirements", Uuid::now_v7());
    assert_eq!(manager.post(&gone, &body).await.brief(), "404 not-found");
    let refused = manager.post(&list, &unknown).await;
    assert_eq!(refused.brief(), r#"422 validation ["/documentTypeId reference"]"#);
}

#[tokio::test]
async fn requirement_is_made_once_per_key_and_changed_in_the_version_told() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let (list, kind) = given_program(&app).await;
    let body = named("x", kind, 0);
    let keyed = || manager.send(Method::POST, &list, ("idempotency-key", "once"), Some(&body));
    let first = keyed().await;
    assert_eq!(keyed().await.ok(201), first.ok(201));
    assert_eq!(manager.all(&list, 100).await.len(), 1);
    let place = first.header("location");
    let known = manager.send(Method::GET, place, ("if-none-match", first.etag()), None).await;
    assert_eq!(known.status, 304);
    manager.patch(place, &json!({"name": "y"})).await.ok(200);
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let body = (method != Method::DELETE).then_some(&body);
        let stale = manager.send(method.clone(), place, ("if-match", first.etag()), body).await;
        assert_eq!(stale.brief(), "412 precondition-failed", "{method}");
    }
    let patches = (0..20).map(|number| match number % 2 {
        0 => json!({"position": 7}),
        _ => json!({"description": "z"}),
    });
    for answer in
        join_all(patches.map(|patch| async { manager.patch(place, &{ patch }).await })).await
    {
        answer.ok(200);
    }
    let row = manager.get(place).await.ok(200);
    assert_holds(&row, &json!({"name": "y", "position": 7, "description": "z"}));
}

#[tokio::test]
async fn requirement_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let (list, kind) = given_program(&app).await;
    for (field, value, fault) in [
        ("name", json!(""), "/name length"),
        ("name", json!("a\0b"), "/name nul"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("stage", json!("Later"), "/stage type"),
        ("stage", Value::Null, "/stage type"),
        ("fees", json!({"amount": -1, "currency": "EUR"}), "/fees/amount range"),
        ("fees", json!({"amount": 1}), "/fees/currency required"),
        ("fees", json!({"amount": 1, "currency": "eur"}), "/fees/currency currency"),
        ("fees", json!({"amount": 1, "currency": "EUR", "tip": 1}), "/fees/tip unknown_field"),
        ("position", json!(-1), "/position range"),
        ("position", json!(10_001), "/position range"),
        ("programId", json!(Uuid::now_v7()), "/programId unknown_field"),
    ] {
        let mut body = named("x", kind, 0);
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(manager.post(&list, &body).await.brief(), wanted, "{field}");
    }
}
