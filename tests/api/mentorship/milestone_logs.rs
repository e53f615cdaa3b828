use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/mentorship/milestones";

#[tokio::test]
async fn milestone_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let written = json!({
        "type": "Erste Schritte 👣", "title": "é".repeat(200), "notes": "n\n".repeat(5000),
        "date": "2026-03-04T05:06:07.000001Z",
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let bare = json!({"type": "x", "title": "x", "date": "1999-12-31T23:59:59+02:00"});
    let bare = ann.put(made.header("location"), &bare).await.ok(200);
    assert_eq!((&bare["notes"], &bare["date"]), (&Value::Null, &json!("1999-12-31T21:59:59Z")));
}

#[tokio::test]
async fn milestone_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, fault) in [
        ("type", json!(""), "/type length"),
        ("type", json!("x".repeat(201)), "/type length"),
        ("type", json!(null), "/type type"),
        ("title", json!(""), "/title length"),
        ("title", json!("a\0"), "/title nul"),
        ("notes", json!("x".repeat(10_001)), "/notes length"),
        ("date", json!(null), "/date type"),
        ("date", json!("2026-03-04"), "/date type"),
        ("date", json!("2200-01-01T00:00:00Z"), "/date date"),
    ] {
        let mut body = json!({"type": "x", "title": "x", "date": "2026-03-04T00:00:00Z"});
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(ann.post(PATH, &body).await.brief(), wanted, "{field}");
    }
}

#[tokio::test]
async fn milestones_are_listed_by_type_to_their_owner() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    for (number, of) in ["baby", "work", "baby", "baby"].into_iter().enumerate() {
        let log = json!({"type": of, "title": number.to_string(), "date": "2026-03-04T00:00:00Z"});
        ann.post(PATH, &log).await.ok(201);
    }
    let titles = async |user: &User<'_>, query: &str| {
        let page = user.get(&format!("{PATH}?{query}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        let titles: String = items.iter().map(|item| item["title"].as_str().unwrap()).collect();
        (titles, page["nextCursor"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(titles(&ann, "").await.0, "3210");
    assert_eq!(titles(&ann, "type=work").await.0, "1");
    assert_eq!(titles(&ann, "type=other").await.0, "");
    assert_eq!(titles(&bob, "type=baby").await.0, "");
    let (first, cursor) = titles(&ann, "type=baby&limit=2").await;
    assert_eq!(first, "32");
    assert_eq!(
        titles(&ann, &format!("type=baby&cursor={cursor}")).await,
        ("0".into(), String::new())
    );
}
