use futures_util::future::join_all;
use serde_json::{Value, json};

use super::skills::given_skill;
use crate::support::{Caller, TestApp, User};

pub const PATH: &str = "/v1/smatrx/skill-categories";

/// Somebody who keeps the catalogue.
pub async fn keeper(app: &TestApp) -> User<'_> {
    app.user_with_roles("keeper", &["smatrx:admin"]).await
}

/// The id of a new category.
pub async fn given_category(keeper: &User<'_>, name: &str) -> String {
    let made = keeper.post(PATH, &json!({"name": name})).await;
    made.ok(201);
    made.id()
}

#[tokio::test]
async fn category_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let written = json!({
        "name": "Größe & Maß 📏", "slug": "grosse", "description": "d\n".repeat(5000),
        "color": "#00fFa9", "icon": "ruler",
    });
    let made = keeper.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let bare = keeper.put(made.header("location"), &json!({"name": "Size"})).await.ok(200);
    assert_eq!((&bare["name"], &bare["slug"]), (&json!("Size"), &json!("size")));
    for cleared in ["description", "color", "icon"] {
        assert_eq!(bare[cleared], Value::Null, "{cleared}");
    }
}

#[tokio::test]
async fn category_without_a_slug_gets_one_from_its_name() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    for (name, slug) in [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        (".NET", "dot-net"),
        ("ASP.NET", "asp-net"),
        ("Frameworks & Libraries", "frameworks-and-libraries"),
        ("  Node.js / Deno  ", "node-js-deno"),
        ("Ærlig Señor Łukasz Weiß", "aerlig-senor-lukasz-weiss"),
        ("İstanbul ﬁne ½", "istanbul-fine-1-2"),
        (&"word ".repeat(40), &["word"; 20].join("-")),
    ] {
        let made = keeper.post(PATH, &json!({"name": name})).await.ok(201);
        assert_eq!((&made["name"], &made["slug"]), (&json!(name), &json!(slug)));
    }
    for name in ["日本語", "---", " ", "🦀"] {
        let refused = keeper.post(PATH, &json!({"name": name})).await;
        assert_eq!(refused.brief(), r#"422 validation ["/slug required"]"#, "{name}");
        let made = json!({"name": name, "slug": format!("s{}", name.len())});
        keeper.post(PATH, &made).await.ok(201);
    }
}

#[tokio::test]
async fn category_keeps_its_slug_when_a_patch_renames_it() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let place = format!("{PATH}/{}", given_category(&keeper, "Old name").await);
    let renamed = keeper.patch(&place, &json!({"name": "New name"})).await.ok(200);
    assert_eq!(renamed["slug"], "old-name");
    let renewed = keeper.patch(&place, &json!({"slug": null})).await.ok(200);
    assert_eq!(renewed["slug"], "new-name");
    let refused = keeper.patch(&place, &json!({"slug": null, "name": "?"})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/slug required"]"#);
}

#[tokio::test]
async fn category_has_its_name_and_its_slug_alone() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    given_category(&keeper, "Databases").await;
    let other = format!("{PATH}/{}", given_category(&keeper, "Stores").await);
    for (fields, fault) in [
        (json!({"name": "Databases"}), "/name"),
        (json!({"name": "dataBASES", "slug": "other"}), "/name"),
        (json!({"name": "Data", "slug": "databases"}), "/slug"),
        (json!({"name": "Databases!"}), "/slug"),
    ] {
        let taken = format!(r#"409 taken ["{fault} taken"]"#);
        assert_eq!(keeper.post(PATH, &fields).await.brief(), taken, "POST {fields}");
        assert_eq!(keeper.put(&other, &fields).await.brief(), taken, "PUT {fields}");
    }
    let same = json!({"name": "STORES", "slug": "stores"});
    keeper.put(&other, &same).await.ok(200);

    let race = (0..8).map(|_| async { keeper.post(PATH, &json!({"name": "Raced"})).await.status });
    let mut statuses = join_all(race).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn category_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    for (field, value, fault) in [
        ("name", json!(""), "/name length"),
        ("name", json!("é".repeat(201)), "/name length"),
        ("slug", json!(""), "/slug slug"),
        ("slug", json!("Big"), "/slug slug"),
        ("slug", json!("-a"), "/slug slug"),
        ("slug", json!("a-"), "/slug slug"),
        ("slug", json!("a--b"), "/slug slug"),
        ("slug", json!("a_b"), "/slug slug"),
        ("slug", json!("ä"), "/slug slug"),
        ("slug", json!("a".repeat(101)), "/slug slug"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("color", json!("red"), "/color color"),
        ("color", json!("#fff"), "/color color"),
        ("color", json!("#12345g"), "/color color"),
        ("color", json!("#1234567"), "/color color"),
        ("icon", json!(""), "/icon length"),
    ] {
        let mut body = json!({"name": "Databases"});
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(keeper.post(PATH, &body).await.brief(), wanted, "{body}");
    }
    let longest =
        json!({"name": "é".repeat(200), "slug": "a".repeat(100), "icon": "i".repeat(200)});
    keeper.post(PATH, &longest).await.ok(201);
}

#[tokio::test]
async fn category_with_skills_stays() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let id = given_category(&keeper, "Databases").await;
    let place = format!("{PATH}/{id}");
    let skill = given_skill(&keeper, &id, json!({"name": "Redis"})).await;
    assert_eq!(keeper.delete(&place).await.brief(), "409 conflict");
    keeper.get(&place).await.ok(200);
    let skill = format!("/v1/smatrx/skills/{}", skill["id"].as_str().unwrap());
    assert_eq!(keeper.delete(&skill).await.status, 204);
    assert_eq!(keeper.delete(&place).await.status, 204);
}
