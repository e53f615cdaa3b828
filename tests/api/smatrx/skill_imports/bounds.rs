use reqwest::Method;
use serde_json::{Value, json};

use super::{PATH, text};
use crate::support::{Caller, TestApp};

const MEBIBYTE: usize = 1024 * 1024;

#[tokio::test]
async fn an_import_is_of_a_text_or_of_items() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let items = json!([{"skill": "Rust"}]);
    for (body, error) in [
        (json!({}), "/source required"),
        (json!({"source": "resume"}), "/text either"),
        (json!({"source": "resume", "text": null, "items": null}), "/text either"),
        (json!({"source": "resume", "text": "x", "items": items}), "/text either"),
        (json!({"source": "resume", "text": ""}), "/text length"),
        (json!({"source": "resume", "text": 1}), "/text type"),
        (json!({"source": "resume", "text": "a\0b"}), "/text nul"),
        (json!({"source": "resume", "items": []}), "/items length"),
        (json!({"source": "resume", "items": {}}), "/items type"),
        (json!({"source": "manual", "text": "x"}), "/source type"),
        (json!({"source": "resume", "text": "x", "status": "completed"}), "/status unknown_field"),
        (json!({"source": "resume", "text": "x", "results": {}}), "/results unknown_field"),
    ] {
        let refused = format!("422 validation [\"{error}\"]");
        assert_eq!(ann.post(PATH, &body).await.brief(), refused, "{body}");
    }
    let (most, more) = (vec![json!({"skill": "x"}); 1000], vec![json!({"skill": "x"}); 1001]);
    let of = |items: Vec<Value>| json!({"source": "linkedin", "items": items});
    ann.post(PATH, &of(most)).await.ok(202);
    assert_eq!(ann.post(PATH, &of(more)).await.brief(), r#"422 validation ["/items length"]"#);
    assert_eq!(app.count("select count(*) from smatrx.skill_imports").await, 1);
}

#[tokio::test]
async fn an_item_keeps_its_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    // PostgreSQL writes each in 301 bytes, JSON in five.
    let long_for_postgres = vec![1e300; 220];
    for (field, value, error) in [
        ("skill", json!(""), "/items/1/skill length"),
        ("skill", json!("é".repeat(201)), "/items/1/skill length"),
        ("skill", json!(null), "/items/1/skill type"),
        ("skill", json!("a\0"), "/items/1/skill nul"),
        ("level", json!("master"), "/items/1/level type"),
        ("yearsExperience", json!(-1), "/items/1/yearsExperience range"),
        ("yearsExperience", json!(81), "/items/1/yearsExperience range"),
        ("yearsExperience", json!(1.5), "/items/1/yearsExperience type"),
        ("evidence", json!([]), "/items/1/evidence type"),
        ("evidence", json!({"a": "b".repeat(65_530)}), "/items/1/evidence document"),
        ("evidence", json!({"a": long_for_postgres}), "/items document"),
        ("nonsense", json!(1), "/items/1/nonsense unknown_field"),
    ] {
        let mut items = json!([{"skill": "Rust"}, {"skill": "Go"}]);
        items[1][field] = value;
        let refused = format!("422 validation [\"{error}\"]");
        let body = json!({"source": "github", "items": items});
        assert_eq!(ann.post(PATH, &body).await.brief(), refused, "{field}");
    }
    let full = json!({
        "skill": "é".repeat(200), "level": "expert", "yearsExperience": 80, "evidence": {"a": null},
    });
    ann.post(PATH, &json!({"source": "github", "items": [full]})).await.ok(202);
}

#[tokio::test]
async fn a_text_has_a_mebibyte_however_json_writes_it() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let too_long = r#"422 validation ["/text length"]"#;
    ann.post(PATH, &text(&"a".repeat(MEBIBYTE))).await.ok(202);
    ann.post(PATH, &text(&"é".repeat(MEBIBYTE / 2))).await.ok(202);
    assert_eq!(ann.post(PATH, &text(&"a".repeat(MEBIBYTE + 1))).await.brief(), too_long);
    assert_eq!(ann.post(PATH, &text(&"é".repeat(MEBIBYTE / 2 + 1))).await.brief(), too_long);

    let escaped = |times: usize| {
        let body = format!(r#"{{"source": "resume", "text": "{}"}}"#, r"\u0001".repeat(times));
        ann.raw(Method::POST, PATH, "application/json", body)
    };
    escaped(MEBIBYTE).await.ok(202);
    assert_eq!(escaped(MEBIBYTE + 1).await.brief(), too_long);
    assert_eq!(escaped(MEBIBYTE + 1000).await.brief(), "413 too-large");
    assert_eq!(app.count("select count(*) from smatrx.skill_imports").await, 3);

    let job = json!({"title": "a".repeat(MEBIBYTE), "company": "Acme"});
    assert_eq!(ann.post("/v1/coach/jobs", &job).await.brief(), "413 too-large");
    let body = "x".repeat(MEBIBYTE + 1);
    let elsewhere = ann.raw(Method::PUT, "/v1/coach/profile", "application/json", body).await;
    assert_eq!(elsewhere.brief(), "413 too-large");
}
