use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

pub const PATH: &str = "/v1/mentorship/learning-paths";

/// Somebody who keeps the catalogues.
pub async fn keeper(app: &TestApp) -> User<'_> {
    app.user_with_roles("keeper", &["mentorship:admin"]).await
}

/// Modules with these ids.
pub fn modules(ids: &[impl AsRef<str>]) -> Value {
    ids.iter().map(|id| json!({"id": id.as_ref(), "title": "Module", "minutes": 30})).collect()
}

/// The place of a new path with these modules.
pub async fn given_path(keeper: &User<'_>, ids: &[&str]) -> String {
    let path = json!({"title": "Any", "category": "any", "modules": modules(ids)});
    let made = keeper.post(PATH, &path).await;
    made.ok(201);
    made.header("location").to_owned()
}

#[tokio::test]
async fn path_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let longest = "a".repeat(100);
    let written = json!({
        "title": "Führen 🧭", "category": "leadership", "description": "d\n".repeat(5000),
        "modules": [
            {"id": "first-step-1", "title": "é".repeat(200), "minutes": 1, "url": null},
            {"id": longest, "title": "x", "minutes": 10_000, "url": "https://learn.example/ü?a=b#c"},
        ],
    });
    let made = keeper.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let ids: Vec<String> = (0..100).map(|number| format!("m{number}")).collect();
    let most = json!({"title": "Most", "category": "any", "modules": modules(&ids)});
    assert_eq!(
        keeper.put(made.header("location"), &most).await.ok(200)["description"],
        Value::Null
    );
    let bare = json!({"title": "Bare", "category": "any"});
    assert_eq!(keeper.put(made.header("location"), &bare).await.ok(200)["modules"], json!([]));
}

#[tokio::test]
async fn path_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let many: Vec<String> = (0..101).map(|number| format!("m{number}")).collect();
    let module = |field: &str, value: Value| {
        let mut module = json!({"id": "a", "title": "x", "minutes": 1});
        module[field] = value;
        json!([{"id": "fine", "title": "x", "minutes": 1}, module])
    };
    for (field, value, fault) in [
        ("title", json!(""), "/title length"),
        ("category", json!("é".repeat(201)), "/category length"),
        ("category", json!(null), "/category type"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("modules", json!(null), "/modules type"),
        ("modules", json!({}), "/modules type"),
        ("modules", modules(&many), "/modules length"),
        ("modules", modules(&["a", "b", "a"]), "/modules distinct"),
        ("modules", module("id", json!("A b")), "/modules/1/id slug"),
        ("modules", module("id", json!("a".repeat(101))), "/modules/1/id slug"),
        ("modules", module("title", json!("")), "/modules/1/title length"),
        ("modules", module("title", json!("a\0")), "/modules/1/title nul"),
        ("modules", module("minutes", json!(0)), "/modules/1/minutes range"),
        ("modules", module("minutes", json!(10_001)), "/modules/1/minutes range"),
        ("modules", module("minutes", json!(1.5)), "/modules/1/minutes type"),
        ("modules", module("url", json!("javascript:x")), "/modules/1/url url"),
        ("modules", module("done", json!(true)), "/modules/1/done unknown_field"),
    ] {
        let mut body = json!({"title": "x", "category": "x"});
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(keeper.post(PATH, &body).await.brief(), wanted, "{fault}");
    }
}

#[tokio::test]
async fn paths_are_listed_by_category() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    for (title, category) in [("1", "tech"), ("2", "Führung"), ("3", "tech"), ("4", "tech")] {
        keeper.post(PATH, &json!({"title": title, "category": category})).await.ok(201);
    }
    let titles = async |query: &str| {
        let page = ann.get(&format!("{PATH}?{query}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        let titles: String = items.iter().map(|item| item["title"].as_str().unwrap()).collect();
        (titles, page["nextCursor"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(titles("").await.0, "4321");
    assert_eq!(titles("category=F%C3%BChrung").await.0, "2");
    assert_eq!(titles("category=Tech").await.0, "");
    assert_eq!(titles("category=").await.0, "");
    let (first, cursor) = titles("category=tech&limit=2").await;
    assert_eq!((first.as_str(), cursor.is_empty()), ("43", false));
    assert_eq!(
        titles(&format!("category=tech&cursor={cursor}")).await,
        ("1".into(), String::new())
    );
    assert_eq!(ann.get(&format!("{PATH}?category=%00")).await.status, 400);
}
