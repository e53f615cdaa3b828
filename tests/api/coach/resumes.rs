use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/coach/resumes";

fn minimal(title: &str) -> Value {
    json!({"title": title, "fileName": "cv.pdf", "fileSize": 1024, "mimeType": "application/pdf"})
}

/// Makes a résumé and gives its place.
pub async fn given_resume(user: &User<'_>, title: &str) -> String {
    let made = user.post(PATH, &minimal(title)).await;
    made.ok(201);
    made.header("location").to_owned()
}

async fn primaries(user: &User<'_>) -> Vec<Value> {
    let list = user.get(&format!("{PATH}?limit=100")).await.ok(200);
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .filter(|item| item["isPrimary"] == true)
        .map(|item| item["title"].clone())
        .collect()
}

#[tokio::test]
async fn resume_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let written = json!({
        "title": "Backend", "fileName": "cv.docx", "fileUrl": "https://files.example/cv.docx",
        "fileSize": 10_485_760,
        "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "isPrimary": true, "isActive": false, "rawText": "Ann \u{1f600} — Rust", "version": 3,
        "parsedData": {
            "name": "Ann", "email": "ann@example.com", "phone": "+351", "skills": ["Rust"],
            "experience": ["Acme, 2020–2024"],
        },
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    assert_eq!(read["lastUsedAt"], Value::Null);
}

#[tokio::test]
async fn resume_has_defaults() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(PATH, &minimal("CV")).await.ok(201);
    assert_eq!(made["isPrimary"], false);
    assert_eq!(made["isActive"], true);
    assert_eq!(made["version"], 1);
    for absent in ["fileUrl", "rawText", "parsedData", "lastUsedAt"] {
        assert_eq!(made[absent], Value::Null, "{absent}");
    }
}

#[tokio::test]
async fn resume_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, expected) in [
        ("title", json!(""), r#"422 validation ["/title length"]"#),
        ("fileName", json!("x".repeat(201)), r#"422 validation ["/fileName length"]"#),
        ("fileUrl", json!("ftp://x"), r#"422 validation ["/fileUrl url"]"#),
        ("fileSize", json!(10_485_761), r#"422 validation ["/fileSize range"]"#),
        ("fileSize", json!(-1), r#"422 validation ["/fileSize range"]"#),
        ("mimeType", json!("image/png"), r#"422 validation ["/mimeType type"]"#),
        ("version", json!(0), r#"422 validation ["/version range"]"#),
        ("rawText", json!("x".repeat(200_001)), r#"422 validation ["/rawText length"]"#),
        ("parsedData", json!({"age": 3}), r#"422 validation ["/parsedData/age unknown_field"]"#),
        ("parsedData", json!({"skills": [""]}), r#"422 validation ["/parsedData/skills lines"]"#),
        ("parsedData", json!([]), r#"422 validation ["/parsedData type"]"#),
        (
            "lastUsedAt",
            json!("2026-01-01T00:00:00Z"),
            r#"422 validation ["/lastUsedAt unknown_field"]"#,
        ),
    ] {
        let mut wrong = minimal("CV");
        wrong[field] = value;
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected, "{field}");
    }
}

#[tokio::test]
async fn resume_of_another_user_is_not_found() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = given_resume(&ann, "CV").await;
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.put(&place, &minimal("x")).await.brief(), "404 not-found");
    assert_eq!(bob.patch(&place, &json!({"isPrimary": true})).await.brief(), "404 not-found");
    assert_eq!(bob.post(&format!("{place}/primary"), &json!({})).await.brief(), "404 not-found");
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    assert_eq!(ann.get(&place).await.ok(200)["isPrimary"], false);
}

#[tokio::test]
async fn primary_mark_moves_by_every_route() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let (one, two) = (given_resume(&ann, "one").await, given_resume(&ann, "two").await);
    let other = given_resume(&bob, "bob's").await;
    bob.post(&format!("{other}/primary"), &json!({})).await.ok(200);

    let marked = ann.post(&format!("{one}/primary"), &json!({})).await.ok(200);
    assert_eq!(marked, ann.get(&one).await.ok(200));
    assert_eq!(primaries(&ann).await, ["one"]);
    ann.patch(&two, &json!({"isPrimary": true})).await.ok(200);
    assert_eq!(primaries(&ann).await, ["two"]);
    let mut put = minimal("one");
    put["isPrimary"] = json!(true);
    ann.put(&one, &put).await.ok(200);
    assert_eq!(primaries(&ann).await, ["one"]);
    put["title"] = json!("three");
    ann.post(PATH, &put).await.ok(201);
    assert_eq!(primaries(&ann).await, ["three"]);
    assert_eq!(primaries(&bob).await, ["bob's"]);
}

#[tokio::test]
async fn primary_may_be_made_twice_and_given_up() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let one = given_resume(&ann, "one").await;
    for _ in 0..2 {
        assert_eq!(
            ann.post(&format!("{one}/primary"), &json!({})).await.ok(200)["isPrimary"],
            true
        );
    }
    ann.patch(&one, &json!({"isPrimary": false})).await.ok(200);
    assert!(primaries(&ann).await.is_empty());
}

#[tokio::test]
async fn primary_is_one_however_many_come_at_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut places = Vec::new();
    for number in 0..10 {
        places.push(given_resume(&ann, &format!("cv {number}")).await);
    }
    for _ in 0..5 {
        let moves = join_all(places.iter().map(async |place| {
            let path = format!("{place}/primary");
            ann.post(&path, &json!({})).await.ok(200)
        }));
        moves.await;
        assert_eq!(primaries(&ann).await.len(), 1);
    }
}
