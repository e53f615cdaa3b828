use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    documents::given_document,
    people::{country, document_type, inserted, program},
};
use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/migratio/document-checklists";

/// A checklist of these items; where it is found, and the ids of its items.
async fn given(user: &User<'_>, items: Value) -> (String, Vec<String>) {
    let made = user.post(PATH, &json!({"title": "Any", "items": items})).await;
    let ids = made.ok(201)["items"].as_array().unwrap().clone();
    let ids = ids.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    (made.header("location").to_owned(), ids)
}

/// Items of this name, required or not, in this status.
fn items(of: &[(bool, &str)]) -> Value {
    of.iter()
        .map(|(required, status)| json!({"name": "x", "isRequired": required, "status": status}))
        .collect()
}

#[tokio::test]
async fn a_checklist_of_a_programme_has_what_that_asks_for() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let canada = country(&app, "Canada", "CA", ("CAD", 0.73)).await;
    let express = program(&app, canada, "Express Entry", &json!([])).await;
    let kind = document_type(&app, "passport").await;
    for (name, required, stage, position) in [
        ("Late", false, "PostArrival", 0),
        ("Second", true, "Planning", 2),
        ("First", true, "Planning", 1),
    ] {
        let row = format!(
            "migratio.document_requirements (program_id, document_type_id, name, is_required, stage, position)
             values ('{express}', '{kind}', '{name}', {required}, '{stage}', {position})"
        );
        inserted(&app, &row).await;
    }
    let made = ann.post(PATH, &json!({"programId": express})).await;
    let fields = json!({
        "title": "Express Entry", "programId": express, "roadmapId": null, "status": "notStarted",
        "completionPercentage": 0,
    });
    assert_holds(&made.ok(201), &fields);
    let list = made.json()["items"].as_array().unwrap().clone();
    let names: Vec<_> = list.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["First", "Second", "Late"]);
    let late = json!({
        "documentTypeId": kind, "isRequired": false, "stage": "PostArrival", "status": "missing",
        "documentId": null, "notes": null,
    });
    assert_holds(&list[2], &late);
    assert_eq!(ann.get(made.header("location")).await.ok(200), made.json());
}

#[tokio::test]
async fn a_checklist_is_made_by_hand_as_well() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let canada = country(&app, "Canada", "CA", ("CAD", 0.73)).await;
    let express = program(&app, canada, "Express Entry", &json!([])).await;
    let own = json!({"programId": express, "title": "Mine", "items": [{"name": "Only"}]});
    let own = ann.post(PATH, &own).await.ok(201);
    assert_holds(
        &own["items"][0],
        &json!({"name": "Only", "isRequired": true, "requirementId": null}),
    );
    let bare = ann.post(PATH, &json!({})).await.ok(201);
    assert_holds(&bare, &json!({"title": "Documents", "items": [], "completionPercentage": 0}));
    let refused = ann.post(PATH, &json!({"programId": Uuid::now_v7()})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/programId reference"]"#);
}

#[tokio::test]
async fn a_checklist_is_its_owners_alone() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let (place, ids) = given(&ann, json!([{"name": "x"}])).await;
    let row = ann.get(&place).await.ok(200);
    let (item, title) = (format!("{place}/items/{}", ids[0]), json!({"title": "Bob's"}));
    for (method, path, body) in [
        (Method::GET, &place, None),
        (Method::PUT, &place, Some(&title)),
        (Method::PATCH, &place, Some(&title)),
        (Method::DELETE, &place, None),
        (Method::POST, &format!("{place}/items"), Some(&json!({"name": "y"}))),
        (Method::PATCH, &item, Some(&json!({"status": "ready"}))),
        (Method::DELETE, &item, None),
    ] {
        let refused = bob.send(method.clone(), path, ("if-match", "\"0\""), body).await;
        assert_eq!(refused.brief(), "404 not-found", "{method} {path}");
    }
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
    assert_eq!(ann.get(&place).await.ok(200), row);
    let stale = ann.send(Method::PUT, &place, ("if-match", "\"0\""), Some(&title)).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(ann.put(&place, &title).await.ok(200)["title"], "Bob's");
    assert_eq!(ann.patch(&place, &json!({"title": "Mine"})).await.ok(200)["items"], row["items"]);
    let fixed = ann.patch(&place, &json!({"items": []})).await;
    assert_eq!(fixed.brief(), r#"422 validation ["/items unknown_field"]"#);
    ann.delete(&place).await.ok(204);
    assert_eq!(ann.get(&place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn completion_counts_what_is_required() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (list, percent, status) in [
        (vec![], 0, "notStarted"),
        (vec![(true, "missing"), (false, "missing")], 0, "notStarted"),
        (vec![(true, "missing"), (false, "ready")], 0, "inProgress"),
        (vec![(true, "inProgress")], 0, "inProgress"),
        (vec![(true, "ready"), (true, "missing"), (true, "missing")], 33, "inProgress"),
        (vec![(true, "submitted"), (true, "ready"), (true, "inProgress")], 66, "inProgress"),
        (vec![(true, "notApplicable"), (false, "missing")], 100, "completed"),
        (vec![(false, "ready"), (false, "missing")], 50, "inProgress"),
        (vec![(false, "ready"), (false, "submitted")], 100, "completed"),
    ] {
        let (place, _) = given(&ann, items(&list)).await;
        let wanted = json!({"completionPercentage": percent, "status": status});
        assert_holds(&ann.get(&place).await.ok(200), &wanted);
    }
    let (place, ids) = given(&ann, items(&[(true, "missing"), (true, "missing")])).await;
    let item = |index: usize| format!("{place}/items/{}", ids[index]);
    let half = ann.patch(&item(0), &json!({"status": "ready"})).await.ok(200);
    assert_holds(&half, &json!({"completionPercentage": 50, "status": "inProgress"}));
    let whole = ann.patch(&item(1), &json!({"isRequired": false})).await.ok(200);
    assert_holds(&whole, &json!({"completionPercentage": 100, "status": "completed"}));
    let more = ann.post(&format!("{place}/items"), &json!({"name": "More"})).await.ok(200);
    assert_holds(&more, &json!({"completionPercentage": 50, "status": "inProgress"}));
    ann.delete(&item(0)).await.ok(204);
    let left = ann.get(&place).await.ok(200);
    assert_holds(&left, &json!({"completionPercentage": 0, "status": "notStarted"}));
}

#[tokio::test]
async fn items_are_added_patched_and_taken_off_one_by_one() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (place, ids) = given(&ann, json!([{"name": "One"}, {"name": "Two", "notes": "n"}])).await;
    let two = format!("{place}/items/{}", ids[1]);
    let patch =
        json!({"name": "Zwei ü", "status": "inProgress", "isRequired": false, "notes": null});
    let patched = ann.patch(&two, &patch).await.ok(200);
    assert_holds(&patched["items"][1], &patch);
    assert_holds(&patched["items"][0], &json!({"name": "One", "status": "missing"}));
    let same = ann.patch(&two, &json!({})).await.ok(200);
    assert_eq!(same["items"], patched["items"]);
    for (body, error) in [
        (json!({"status": "done"}), "/status type"),
        (json!({"status": null}), "/status type"),
        (json!({"name": null}), "/name type"),
        (json!({"name": ""}), "/name length"),
        (json!({"isRequired": null}), "/isRequired type"),
        (json!({"notes": "x".repeat(2001)}), "/notes length"),
        (json!({"notes": "\0"}), "/notes nul"),
        (json!({"id": Uuid::now_v7()}), "/id unknown_field"),
    ] {
        let refused = ann.patch(&two, &body).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([error])), "{body}");
    }
    let stale = json!({"status": "ready"});
    for method in [Method::PATCH, Method::DELETE] {
        let refused = ann.send(method, &two, ("if-match", "\"0\""), Some(&stale)).await;
        assert_eq!(refused.brief(), "412 precondition-failed");
    }
    let missing = format!("{place}/items/{}", Uuid::now_v7());
    assert_eq!(ann.patch(&missing, &stale).await.brief(), "404 not-found");
    assert_eq!(ann.delete(&missing).await.brief(), "404 not-found");
    ann.delete(&two).await.ok(204);
    ann.delete(&format!("{place}/items/{}", ids[0])).await.ok(204);
    assert_eq!(ann.get(&place).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn a_checklist_has_at_most_a_hundred_items() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let many = |count| -> Value { (0..count).map(|_| json!({"name": "x"})).collect() };
    let refused = ann.post(PATH, &json!({"title": "x", "items": many(101)})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/items length"]"#);
    let refused = ann.post(PATH, &json!({"items": [{"name": "x"}, {"name": ""}]})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/items/1/name length"]"#);
    let (place, _) = given(&ann, many(100)).await;
    let refused = ann.post(&format!("{place}/items"), &json!({"name": "x"})).await;
    assert_eq!(refused.brief(), r#"422 validation [" items"]"#);
}

#[tokio::test]
async fn of_changes_at_the_same_time_none_is_lost() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (place, ids) = given(&ann, items(&[(true, "missing"); 50])).await;
    let sent = ids.iter().map(|id| {
        let place = &place;
        let ann = &ann;
        async move {
            ann.patch(&format!("{place}/items/{id}"), &json!({"status": "ready", "notes": id}))
                .await
        }
    });
    for answer in join_all(sent).await {
        answer.ok(200);
    }
    let row = ann.get(&place).await.ok(200);
    assert_holds(&row, &json!({"completionPercentage": 100, "status": "completed"}));
    for (item, id) in row["items"].as_array().unwrap().iter().zip(&ids) {
        assert_holds(item, &json!({"id": id, "notes": id, "status": "ready"}));
    }
    let added =
        (0..20).map(|_| async { ann.post(&format!("{place}/items"), &json!({"name": "y"})).await });
    for answer in join_all(added).await {
        answer.ok(200);
    }
    assert_eq!(ann.get(&place).await.ok(200)["items"].as_array().unwrap().len(), 70);
}

#[tokio::test]
async fn an_item_has_a_document_of_the_same_user_until_that_goes() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let kind = document_type(&app, "passport").await;
    let anns = given_document(&ann, kind, json!({})).await;
    let bobs = given_document(&bob, kind, json!({})).await;
    let id = |place: &str| place.rsplit('/').next().unwrap().to_owned();
    let (place, ids) =
        given(&ann, json!([{"name": "One", "documentId": id(&anns)}, {"name": "Two"}])).await;
    let two = format!("{place}/items/{}", ids[1]);
    for other in [id(&bobs), Uuid::now_v7().to_string()] {
        let wanted = r#"422 validation ["/documentId check"]"#;
        assert_eq!(ann.patch(&two, &json!({"documentId": other})).await.brief(), wanted);
        let item = json!({"name": "x", "documentId": other});
        assert_eq!(ann.post(&format!("{place}/items"), &item).await.brief(), wanted);
        assert_eq!(ann.post(PATH, &json!({"items": [item]})).await.brief(), wanted);
    }
    let taken = ann.patch(&two, &json!({"documentId": id(&anns), "status": "ready"})).await.ok(200);
    assert_eq!(taken["items"][1]["documentId"], json!(id(&anns)));
    let let_go = ann.patch(&two, &json!({"documentId": null})).await.ok(200);
    assert_holds(&let_go["items"][1], &json!({"documentId": null, "status": "ready"}));
    ann.delete(&anns).await.ok(204);
    let row = ann.get(&place).await.ok(200);
    assert_holds(&row["items"][0], &json!({"documentId": null, "name": "One"}));
    bob.delete(&bobs).await.ok(204);
}

#[tokio::test]
async fn documents_go_while_items_take_them() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let kind = document_type(&app, "passport").await;
    for _ in 0..5 {
        let document = given_document(&ann, kind, json!({})).await;
        let id = document.rsplit('/').next().unwrap();
        let (place, ids) =
            given(&ann, json!([{"name": "One", "documentId": id}, {"name": "Two"}])).await;
        let takes =
            ids.iter().cycle().take(8).map(|item| {
                let (place, ann) = (&place, &ann);
                async move {
                    ann.patch(&format!("{place}/items/{item}"), &json!({"documentId": id})).await
                }
            });
        let (gone, taken) = tokio::join!(ann.delete(&document), join_all(takes));
        assert_eq!(gone.status, 204, "{gone:?}");
        for answer in taken {
            assert!([200, 422].contains(&answer.status), "{answer:?}");
        }
        for item in ann.get(&place).await.ok(200)["items"].as_array().unwrap() {
            assert_eq!(item["documentId"], Value::Null);
        }
    }
}

#[tokio::test]
async fn lists_are_narrowed() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let canada = country(&app, "Canada", "CA", ("CAD", 0.73)).await;
    let express = program(&app, canada, "Express Entry", &json!([])).await;
    given(&ann, items(&[(true, "missing")])).await;
    given(&ann, items(&[(true, "ready")])).await;
    ann.post(PATH, &json!({"programId": express})).await.ok(201);
    for (query, count) in [
        ("status=completed".to_owned(), 1),
        ("status=notStarted".to_owned(), 2),
        (format!("programId={express}"), 1),
        (format!("roadmapId={express}"), 0),
        (String::new(), 3),
    ] {
        assert_eq!(ann.all(&format!("{PATH}?{query}"), 1).await.len(), count, "{query}");
    }
    assert_eq!(ann.get(&format!("{PATH}?status=not_started")).await.status, 400);
}
