use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/coach/assessments";

fn minimal() -> Value {
    json!({"type": "SKILLS", "title": "Backend"})
}

async fn given_assessment(user: &User<'_>, fields: &Value) -> String {
    let mut body = minimal();
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let made = user.post(PATH, &body).await;
    made.ok(201);
    made.header("location").to_owned()
}

#[tokio::test]
async fn assessment_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let written = json!({
        "type": "Big five", "title": "Who I am", "description": "d", "score": 87.25,
        "results": {
            "openness": 0.1, "answers": [1, -2, 1e300, true, null, "ü\u{1f600}", 18_446_744_073_709_551_615_u64],
            "": {"nested": {"deep": []}}, "\"quoted\"": "\\",
        },
        "aiInsights": {"summary": "calm"}, "recommendations": ["Breathe"],
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let bare = ann.post(PATH, &minimal()).await.ok(201);
    assert_eq!((&bare["results"], &bare["recommendations"]), (&json!({}), &json!([])));
    for absent in ["description", "score", "aiInsights"] {
        assert_eq!(bare[absent], Value::Null, "{absent}");
    }
}

#[tokio::test]
async fn assessment_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, fault) in [
        ("type", json!(""), "/type length"),
        ("type", json!("x".repeat(201)), "/type length"),
        ("type", Value::Null, "/type type"),
        ("title", json!(""), "/title length"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("score", json!(100.1), "/score range"),
        ("score", json!(-0.1), "/score range"),
        ("score", json!("9"), "/score type"),
        ("results", json!([]), "/results type"),
        ("results", json!("x"), "/results type"),
        ("results", Value::Null, "/results type"),
        ("results", json!({"a": "x".repeat(65_536)}), "/results document"),
        ("results", json!({"a": ["x\0"]}), "/results/a/0 nul"),
        ("results", json!({"a": {"\0": 1}}), "/results/a nul"),
        ("aiInsights", json!([1]), "/aiInsights type"),
        ("aiInsights", json!({"a": "x".repeat(65_536)}), "/aiInsights document"),
        ("recommendations", json!([""]), "/recommendations lines"),
    ] {
        let mut wrong = minimal();
        wrong[field] = value;
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
}

#[tokio::test]
async fn free_json_is_bounded_as_it_is_stored() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    // Short to write, long to store: 1e308 has 309 digits.
    let swollen = json!({"type": "x", "title": "x", "results": {"a": vec![1e308; 300]}});
    assert_eq!(ann.post(PATH, &swollen).await.brief(), r#"422 validation ["/results check"]"#);
    let deep = format!(
        r#"{{"type": "x", "title": "x", "results": {{"a": {}{}}}}}"#,
        "[".repeat(200),
        "]".repeat(200)
    );
    let refused = ann.raw(Method::POST, PATH, "application/json", deep).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let big = r#"{"type": "x", "title": "x", "results": {"a": 1e999}}"#;
    let refused = ann.raw(Method::POST, PATH, "application/json", big).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let most = json!({"a": "x".repeat(65_000)});
    let place = given_assessment(&ann, &json!({"results": most, "aiInsights": most})).await;
    let row = ann.patch(&place, &json!({"title": "Still patched"})).await.ok(200);
    assert_eq!((&row["results"], &row["aiInsights"]), (&most, &most));
}

#[tokio::test]
async fn patch_reaches_into_free_json() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let results = json!({"kept": {"a": 1, "b": 2}, "gone": 1});
    let place = given_assessment(&ann, &json!({"results": results})).await;
    let patch = json!({"results": {"kept": {"b": 3}, "gone": null, "new": [1]}});
    let patched = ann.patch(&place, &patch).await.ok(200);
    assert_eq!(patched["results"], json!({"kept": {"a": 1, "b": 3}, "new": [1]}));
    assert_eq!(patched["title"], "Backend");
}

#[tokio::test]
async fn list_filters_by_type_and_pages() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_assessment(&bob, &json!({"title": "z"})).await;
    for (title, kind) in [("a", "SKILLS"), ("b", "x y&z"), ("c", "SKILLS"), ("d", "skills")] {
        given_assessment(&ann, &json!({"title": title, "type": kind})).await;
    }
    for (query, expected) in [
        ("", "dcba"),
        ("&type=SKILLS", "ca"),
        ("&type=x%20y%26z", "b"),
        ("&type=skills", "d"),
        ("&type=none", ""),
    ] {
        let (mut found, mut cursor) = (String::new(), String::new());
        loop {
            let page = ann.get(&format!("{PATH}?limit=1{query}{cursor}")).await.ok(200);
            let items = page["items"].as_array().unwrap();
            found.extend(items.iter().map(|one| one["title"].as_str().unwrap()));
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, expected, "{query}");
    }
    let named = ann.get(&format!("{PATH}?type=")).await;
    assert_eq!(named.brief(), r#"400 malformed ["type length"]"#);
    for bad in ["type=%00", "type=a&type=b", "status=x"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn assessment_of_another_user_is_not_found() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = given_assessment(&ann, &json!({"score": 1})).await;
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.put(&place, &minimal()).await.brief(), "404 not-found");
    assert_eq!(bob.patch(&place, &json!({"score": 2})).await.brief(), "404 not-found");
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    assert_eq!(bob.get(&format!("{PATH}?type=SKILLS")).await.ok(200)["items"], json!([]));
    assert_eq!(ann.get(&place).await.ok(200)["score"], 1.0);
}
