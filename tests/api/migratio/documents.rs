use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    document_checklists,
    people::{document_type, inserted},
};
use crate::{
    openapi::Operation,
    support::{Caller, TestApp, User, assert_holds},
};

pub const PATH: &str = "/v1/migratio/documents";

/// A body with nothing that need not be there.
pub fn least(kind: Uuid) -> Value {
    json!({
        "documentTypeId": kind, "title": "Any", "fileName": "any.pdf", "fileSizeBytes": 1,
        "mimeType": "application/pdf",
    })
}

/// Adds a document; where it is found.
pub async fn given_document(user: &User<'_>, kind: Uuid, fields: Value) -> String {
    let mut body = least(kind);
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let made = user.post(PATH, &body).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// A kind of document of its own.
pub async fn kind(app: &TestApp) -> Uuid {
    document_type(app, &format!("x{}", Uuid::now_v7().simple())).await
}

/// Where an operation on documents, checklists or resources finds a new row, which waits for a consultant if it can.
pub async fn place(operation: &Operation, owner: &User<'_>) -> Option<String> {
    let path = operation.path.as_str();
    if path.starts_with("/v1/migratio/resources/") {
        let row =
            "migratio.resources (title, resource_type, content_body) values ('x', 'guide', 'x')";
        return Some(path.replace("{id}", &inserted(owner.app, row).await.to_string()));
    }
    if path.ends_with("/{itemId}") && path.starts_with(document_checklists::PATH) {
        let made = owner.post(document_checklists::PATH, &json!({"items": [{"name": "x"}]})).await;
        let item = made.ok(201)["items"][0]["id"].as_str().unwrap().to_owned();
        return Some(path.replace("{id}", &made.id()).replace("{itemId}", &item));
    }
    if !path.starts_with(&format!("{PATH}/")) || !path.contains("{id}") {
        return None;
    }
    let place = given_document(owner, kind(owner.app).await, json!({})).await;
    if !path.ends_with("/request-verification") {
        owner.post(&format!("{place}/request-verification"), &json!({})).await.ok(200);
    }
    Some(path.replace("{id}", place.rsplit('/').next().unwrap()))
}

/// The day so many days from today (UTC).
pub fn day(from_today: i64) -> String {
    (chrono::Utc::now().date_naive() + chrono::Duration::days(from_today)).to_string()
}

fn titles(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn everything_written_is_read_again_by_its_owner_alone() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let passport = document_type(&app, "passport").await;
    let full = json!({
        "documentTypeId": passport, "title": "Reisepaß 🛂", "fileName": "paß.pdf",
        "fileUrl": "https://files.example.com/p.pdf", "fileSizeBytes": 10_485_760,
        "mimeType": "application/pdf", "status": "submitted", "issueDate": "2020-02-29",
        "expiryDate": "2030-02-28", "documentNumber": "C01X00T47", "notes": "New.",
    });
    let made = ann.post(PATH, &full).await;
    assert_holds(&made.ok(201), &full);
    let set = json!({
        "documentTypeName": "passport", "verificationStatus": "unverified", "verifiedById": null,
        "verificationNotes": null,
    });
    assert_holds(&made.json(), &set);
    let place = made.header("location");
    assert_eq!(ann.get(place).await.ok(200), made.json());
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([made.json()]));
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
    for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = bob.send(method, place, ("if-match", "\"0\""), Some(&full)).await;
        assert_eq!(refused.brief(), "404 not-found");
    }
    let replaced = ann.put(place, &least(passport)).await.ok(200);
    let cleared = json!({
        "status": "draft", "fileUrl": null, "issueDate": null, "expiryDate": null,
        "documentNumber": null, "notes": null,
    });
    assert_holds(&replaced, &cleared);
    ann.delete(place).await.ok(204);
    assert_eq!(ann.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn only_the_version_that_is_meant_is_changed() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let kind = document_type(&app, "passport").await;
    let place = given_document(&ann, kind, json!({})).await;
    let old = ann.get(&place).await.etag().to_owned();
    let known = ann.send(Method::GET, &place, ("if-none-match", &old), None).await;
    assert_eq!((known.status, known.text.as_str()), (304, ""));
    let now = ann.patch(&place, &json!({"title": "New"})).await;
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = ann.send(method, &place, ("if-match", &old), Some(&least(kind))).await;
        assert_eq!(refused.brief(), "412 precondition-failed");
    }
    let patched = json!({"notes": "x"});
    let patched = ann.send(Method::PATCH, &place, ("if-match", now.etag()), Some(&patched)).await;
    assert_holds(&patched.ok(200), &json!({"title": "New", "notes": "x"}));
    let patches: Vec<Value> = (0..20)
        .map(|number| match number % 2 {
            0 => json!({"documentNumber": "A-1"}),
            _ => json!({"title": "Contended"}),
        })
        .collect();
    for answer in join_all(patches.iter().map(|patch| ann.patch(&place, patch))).await {
        answer.ok(200);
    }
    let row = ann.get(&place).await.ok(200);
    assert_holds(&row, &json!({"title": "Contended", "documentNumber": "A-1", "notes": "x"}));
}

#[tokio::test]
async fn a_document_is_what_its_kind_accepts() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let kind = document_type(&app, "passport").await;
    for (field, value, error) in [
        ("documentTypeId", json!(Uuid::now_v7()), "/documentTypeId reference"),
        ("documentTypeId", Value::Null, "/documentTypeId type"),
        ("title", json!(""), "/title length"),
        ("title", json!("a\0b"), "/title nul"),
        ("fileName", json!("x".repeat(201)), "/fileName length"),
        ("fileUrl", json!("file:///etc/passwd"), "/fileUrl url"),
        ("fileSizeBytes", json!(0), "/fileSizeBytes range"),
        ("fileSizeBytes", json!(10_485_761), "/fileSizeBytes check"),
        ("mimeType", json!("pdf"), "/mimeType media_type"),
        ("mimeType", json!("image/png"), "/mimeType check"),
        ("status", json!("verified"), "/status type"),
        ("expiryDate", json!("2019-12-31"), "/expiryDate order"),
        ("issueDate", json!("1899-12-31"), "/issueDate date"),
        ("documentNumber", json!(""), "/documentNumber length"),
        ("documentNumber", json!("9".repeat(201)), "/documentNumber length"),
        ("documentNumber", json!("9\0"), "/documentNumber nul"),
        ("verificationStatus", json!("verified"), "/verificationStatus unknown_field"),
        ("userId", json!(Uuid::now_v7()), "/userId unknown_field"),
    ] {
        let mut body = least(kind);
        body["issueDate"] = json!("2020-01-01");
        body[field] = value;
        let wanted = format!("422 validation {}", json!([error]));
        assert_eq!(ann.post(PATH, &body).await.brief(), wanted, "{field}");
    }
    app.execute("update migratio.document_types set expires = true").await;
    let refused = ann.post(PATH, &least(kind)).await;
    assert_eq!(refused.brief(), r#"422 validation ["/expiryDate check"]"#);
    app.execute("update migratio.document_types set validity_months = 6").await;
    let place = given_document(&ann, kind, json!({"issueDate": "2024-08-31"})).await;
    assert_eq!(ann.get(&place).await.ok(200)["expiryDate"], "2025-02-28");
    let mut longest = least(kind);
    longest["documentNumber"] = json!("𝟗".repeat(200));
    longest["expiryDate"] = json!("2030-01-01");
    assert_eq!(ann.post(PATH, &longest).await.ok(201)["documentNumber"], longest["documentNumber"]);
}

#[tokio::test]
async fn lists_are_narrowed_by_status_and_kind() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let (pass, degree) =
        (document_type(&app, "passport").await, document_type(&app, "degree").await);
    for (kind, status, title) in
        [(pass, "draft", "one"), (degree, "draft", "two"), (pass, "ready", "three")]
    {
        given_document(&ann, kind, json!({"status": status, "title": title})).await;
    }
    given_document(&bob, pass, json!({"title": "bob's"})).await;
    for (query, found) in [
        (String::new(), vec!["three", "two", "one"]),
        ("status=draft&".into(), vec!["two", "one"]),
        (format!("documentTypeId={pass}&"), vec!["three", "one"]),
        (format!("status=draft&documentTypeId={pass}&"), vec!["one"]),
        ("status=archived&".into(), vec![]),
        (format!("documentTypeId={}&", Uuid::now_v7()), vec![]),
    ] {
        let rows = ann.all(&format!("{PATH}?{query}"), 1).await;
        assert_eq!(titles(&rows), found, "{query}");
    }
    for bad in ["status=verified", "documentTypeId=x", "nonsense=1", "cursor=bnVsbA"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn expiring_are_those_that_are_over_soon_or_already_but_not_archived() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let kind = document_type(&app, "passport").await;
    for (title, days, status) in [
        ("today", 0, "draft"),
        ("in 30", 30, "ready"),
        ("in 31", 31, "draft"),
        ("over", -400, "submitted"),
        ("archived", 1, "archived"),
        ("also in 30", 30, "draft"),
        ("in a year", 365, "draft"),
        ("in more", 366, "draft"),
    ] {
        let fields = json!({"title": title, "expiryDate": day(days), "status": status});
        given_document(&ann, kind, fields).await;
    }
    given_document(&ann, kind, json!({"title": "never"})).await;
    given_document(&bob, kind, json!({"title": "bob's", "expiryDate": day(1)})).await;
    let soon = vec!["over", "today", "in 30", "also in 30"];
    let year = [&soon[..], &["in 31", "in a year"]].concat();
    for (query, found) in [
        ("", soon.clone()),
        ("withinDays=30", soon),
        ("withinDays=0", vec!["over", "today"]),
        ("withinDays=365", year),
    ] {
        for limit in [1, 100] {
            let rows = ann.all(&format!("{PATH}/expiring?{query}&"), limit).await;
            assert_eq!(titles(&rows), found, "{query}");
        }
    }
    for bad in ["-1", "366", "x", "99999999999"] {
        let refused = ann.get(&format!("{PATH}/expiring?withinDays={bad}")).await;
        assert_eq!(
            (refused.status, &refused.json()["errors"][0]["pointer"]),
            (400, &json!("withinDays"))
        );
    }
}

#[tokio::test]
async fn what_was_accepted_once_is_still_edited_when_its_kind_accepts_less() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let kind = document_type(&app, "passport").await;
    let large = json!({"fileSizeBytes": 1000, "mimeType": "Application/PDF"});
    let place = given_document(&ann, kind, large).await;
    app.execute("update migratio.document_types set max_file_size_bytes = 10").await;
    assert_eq!(ann.patch(&place, &json!({"title": "Mine"})).await.ok(200)["title"], "Mine");
    let larger = ann.patch(&place, &json!({"fileSizeBytes": 1001})).await;
    assert_eq!(larger.status, 422);
    assert_eq!(larger.json()["errors"][0]["pointer"], "/fileSizeBytes");
}
