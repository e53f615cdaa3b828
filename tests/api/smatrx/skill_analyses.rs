use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/smatrx/analyses";

/// Keeps an analysis of this type and gives its place.
async fn given_analysis(user: &User<'_>, of: &str, data: Value) -> String {
    let made = user.post(PATH, &json!({"analysisType": of, "data": data})).await;
    made.ok(201);
    made.header("location").to_owned()
}

#[tokio::test]
async fn analysis_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let written = json!({
        "analysisType": "recommendation", "confidence": 0.125,
        "data": {
            "next": [1, -2, 1e300, true, null, "ü\u{1f600}", 18_446_744_073_709_551_615_u64],
            "": {"nested": {"deep": []}}, "\"quoted\"": "\\",
        },
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await;
    assert_eq!((read.ok(200), read.etag()), (made.ok(201), made.etag()));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read.json()[name], value, "{name}");
    }
    let bare = json!({"analysisType": "gap", "data": {}});
    assert_eq!(ann.post(PATH, &bare).await.ok(201)["confidence"], Value::Null);
    let nobody = "select count(*) from audit.logs
        where entity_type = 'smatrx.skill_analyses' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn analysis_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, fault) in [
        ("analysisType", json!("GAP"), "/analysisType type"),
        ("analysisType", json!(null), "/analysisType type"),
        ("confidence", json!(1.01), "/confidence range"),
        ("confidence", json!(-0.01), "/confidence range"),
        ("confidence", json!("1"), "/confidence type"),
        ("data", json!([]), "/data type"),
        ("data", json!("x"), "/data type"),
        ("data", json!(null), "/data type"),
        ("data", json!({"a": ["x\0"]}), "/data/a/0 nul"),
        ("data", json!({"a": {"\0": 1}}), "/data/a nul"),
        ("data", json!({"a": "x".repeat(262_144)}), "/data document"),
        ("type", json!("gap"), "/type unknown_field"),
    ] {
        let mut wrong = json!({"analysisType": "gap", "data": {}});
        wrong[field] = value;
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
    let absent = json!({"analysisType": "gap"});
    assert_eq!(ann.post(PATH, &absent).await.brief(), r#"422 validation ["/data required"]"#);
}

#[tokio::test]
async fn data_is_bounded_as_it_is_sent_and_as_it_is_stored() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    // {"a": "…"} takes nine characters of its own in the database.
    let most = json!({"a": "x".repeat(262_144 - 9)});
    let place = given_analysis(&ann, "gap", most.clone()).await;
    assert_eq!(ann.get(&place).await.ok(200)["data"], most);
    // Short to write, long to store: 1e308 has 309 digits.
    for data in [json!({"a": "x".repeat(262_144 - 8)}), json!({"a": vec![1e308; 1000]})] {
        let refused = ann.post(PATH, &json!({"analysisType": "gap", "data": data})).await;
        let size = data.to_string().len();
        assert_eq!(refused.brief(), r#"422 validation ["/data document"]"#, "{size}");
    }
    let huge = json!({"analysisType": "gap", "data": {"a": "x".repeat(2_000_000)}});
    assert_eq!(ann.post(PATH, &huge).await.status, 413);
}

#[tokio::test]
async fn list_filters_by_type_and_pages() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_analysis(&bob, "gap", json!({"name": "z"})).await;
    for (name, of) in [("a", "gap"), ("b", "profile"), ("c", "recommendation"), ("d", "gap")] {
        given_analysis(&ann, of, json!({"name": name})).await;
    }
    for (query, expected) in
        [("", "dcba"), ("&type=gap", "da"), ("&type=profile", "b"), ("&type=recommendation", "c")]
    {
        let (mut found, mut cursor) = (String::new(), String::new());
        loop {
            let page = ann.get(&format!("{PATH}?limit=1{query}{cursor}")).await.ok(200);
            let items = page["items"].as_array().unwrap();
            found.extend(items.iter().map(|one| one["data"]["name"].as_str().unwrap()));
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, expected, "{query}");
    }
    assert_eq!(bob.get(&format!("{PATH}?type=profile")).await.ok(200)["items"], json!([]));
    for bad in ["type=x", "type=", "type=gap&type=profile", "status=x", "cursor=x"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn latest_is_the_last_made_of_its_type() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let latest = |of: &str| format!("{PATH}/latest?type={of}");
    for (of, name) in [("gap", 1), ("gap", 2), ("profile", 3)] {
        given_analysis(&ann, of, json!({"number": name})).await;
    }
    given_analysis(&bob, "gap", json!({"number": 9})).await;
    let found = ann.get(&latest("gap")).await;
    assert_eq!(found.ok(200)["data"], json!({"number": 2}));
    let place = format!("{PATH}/{}", found.id());
    assert_eq!(found.etag(), ann.get(&place).await.etag());
    let known = ann.send(Method::GET, &latest("gap"), ("if-none-match", found.etag()), None).await;
    assert_eq!(known.status, 304);
    assert_eq!(ann.get(&latest("profile")).await.ok(200)["data"], json!({"number": 3}));
    assert_eq!(ann.get(&latest("recommendation")).await.brief(), "404 not-found");
    assert_eq!(bob.get(&latest("profile")).await.brief(), "404 not-found");
    assert_eq!(ann.delete(&place).await.status, 204);
    assert_eq!(ann.get(&latest("gap")).await.ok(200)["data"], json!({"number": 1}));
    for bad in ["/latest", "/latest?type=", "/latest?type=x"] {
        let refused = ann.get(&format!("{PATH}{bad}")).await;
        assert_eq!(refused.brief(), r#"400 malformed ["type parameter"]"#, "{bad}");
    }
}

#[tokio::test]
async fn analysis_never_changes() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_analysis(&ann, "gap", json!({"a": 1})).await;
    let read = ann.get(&place).await;
    let body = json!({"analysisType": "gap", "data": {"a": 2}});
    assert_eq!(ann.put(&place, &body).await.status, 405);
    assert_eq!(ann.patch(&place, &json!({"confidence": 1})).await.status, 405);
    let known = ann.send(Method::GET, &place, ("if-none-match", read.etag()), None).await;
    assert_eq!(known.status, 304);
    let stale = ann.send(Method::DELETE, &place, ("if-match", "\"0\""), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    let gone = ann.send(Method::DELETE, &place, ("if-match", read.etag()), None).await;
    assert_eq!(gone.status, 204);
    assert_eq!(ann.delete(&place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn analysis_of_another_user_is_not_found() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = given_analysis(&ann, "gap", json!({})).await;
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    let tag = ann.get(&place).await.etag().to_owned();
    let known = bob.send(Method::DELETE, &place, ("if-match", &tag), None).await;
    assert_eq!(known.brief(), "404 not-found");
    assert_eq!(ann.get(&place).await.status, 200);
}

#[tokio::test]
async fn repeated_analysis_is_kept_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let body = json!({"analysisType": "gap", "data": {"a": 1}});
    let key = ("idempotency-key", "once");
    let first = ann.send(Method::POST, PATH, key, Some(&body)).await;
    let again = ann.send(Method::POST, PATH, key, Some(&body)).await;
    assert_eq!((first.ok(201), first.etag()), (again.ok(201), again.etag()));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(ann.get(PATH).await.ok(200)["items"].as_array().unwrap().len(), 1);
}
