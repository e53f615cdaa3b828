use reqwest::Method;
use serde_json::{Value, json};

use super::parts;
use crate::support::{Caller, TestApp};

const PATH: &str = "/v1/coach/profile/skills";
const BY_CATEGORY: &str = "/v1/coach/profile/skills/by-category";
const TAKEN: &str = r#"409 taken ["/name taken"]"#;

fn least() -> Value {
    skill("SQL", "ADVANCED")
}

fn skill(name: &str, level: &str) -> Value {
    json!({"name": name, "level": level})
}

#[tokio::test]
async fn skill_belongs_to_its_user() {
    parts::belongs_to_its_user(PATH, &least()).await;
}

#[tokio::test]
async fn skill_keeps_what_is_written() {
    let full = json!({
        "name": "Øl-brygging 🍺", "category": "Crafts", "level": "INTERMEDIATE",
        "yearsOfExperience": 80, "endorsements": 2_147_483_647,
    });
    let defaults = json!({"category": null, "yearsOfExperience": null, "endorsements": 0});
    parts::keeps_what_is_written(PATH, &full, &least(), &defaults).await;
}

#[tokio::test]
async fn skill_refuses_what_is_not_the_clients() {
    parts::refuses_what_is_not_the_clients(PATH, &least()).await;
}

#[tokio::test]
async fn skill_pages_newest_first() {
    parts::pages(PATH, &["a", "b", "c"].map(|name| skill(name, "BEGINNER"))).await;
}

#[tokio::test]
async fn skill_changes_its_profile() {
    parts::changes_its_profile(PATH, &least()).await;
}

#[tokio::test]
async fn of_two_patches_of_one_version_one_wins() {
    let (one, other) = (json!({"level": "EXPERT"}), json!({"level": "BEGINNER"}));
    parts::has_one_winner(PATH, &least(), &one, &other).await;
}

#[tokio::test]
async fn skill_refuses_values_out_of_bounds() {
    parts::refuses_values(
        PATH,
        &least(),
        &[
            ("name", json!(""), "/name length"),
            ("name", json!("é".repeat(201)), "/name length"),
            ("category", json!(""), "/category length"),
            ("category", json!("é".repeat(201)), "/category length"),
            ("level", json!("expert"), "/level type"),
            ("level", json!(null), "/level type"),
            ("yearsOfExperience", json!(-1), "/yearsOfExperience range"),
            ("yearsOfExperience", json!(81), "/yearsOfExperience range"),
            ("yearsOfExperience", json!(1.5), "/yearsOfExperience type"),
            ("endorsements", json!(-1), "/endorsements range"),
            ("endorsements", json!(2_147_483_648_u32), "/endorsements type"),
        ],
    )
    .await;
}

#[tokio::test]
async fn skill_is_an_object_of_json() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let fields = json!(["SQL", null, "EXPERT", null, 0]);
    assert_eq!(ann.post(PATH, &fields).await.brief(), r#"422 validation [" type"]"#);
    for text in ["", "{}"] {
        let empty = ann.raw(Method::POST, PATH, "application/json", text).await;
        assert_eq!(empty.brief(), r#"422 validation ["/name required"]"#);
    }
    for text in ["{", "nonsense", r#"{"name": null"#, r#"{"level": null} x"#] {
        let broken = ann.raw(Method::POST, PATH, "application/json", text).await;
        assert_eq!(broken.brief(), "400 malformed", "{text}");
    }
}

#[tokio::test]
async fn skill_is_on_a_profile_once_whatever_its_case() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    ann.post(PATH, &skill("Rust", "EXPERT")).await.ok(201);
    let go = ann.post(PATH, &skill("Go", "EXPERT")).await;
    let go = go.header("location");
    assert_eq!(ann.post(PATH, &skill("rUST", "BEGINNER")).await.brief(), TAKEN);
    assert_eq!(ann.put(go, &skill("RUST", "BEGINNER")).await.brief(), TAKEN);
    assert_eq!(ann.patch(go, &json!({"name": "rust"})).await.brief(), TAKEN);
    assert_eq!(ann.patch(go, &json!({"name": "GO"})).await.ok(200)["name"], "GO");
    bob.post(PATH, &skill("rust", "BEGINNER")).await.ok(201);
}

#[tokio::test]
async fn of_many_equal_skills_at_once_one_is_kept() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let body = least();
    let posts = std::iter::repeat_with(|| ann.post(PATH, &body)).take(8);
    let answers = futures_util::future::join_all(posts).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(refused.brief(), TAKEN);
    }
    assert_eq!(ann.get(PATH).await.ok(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn skills_by_category_have_the_best_level_first() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    assert_eq!(ann.get(BY_CATEGORY).await.ok(200), json!([]));
    for (category, name, level) in [
        (Some("tools"), "git", "ADVANCED"),
        (Some("languages"), "Zig", "BEGINNER"),
        (Some("languages"), "sql", "INTERMEDIATE"),
        (None, "cooking", "EXPERT"),
        (Some("languages"), "Rust", "EXPERT"),
        (Some("languages"), "go", "EXPERT"),
        (Some("languages"), "C", "ADVANCED"),
    ] {
        let body = json!({"category": category, "name": name, "level": level});
        ann.post(PATH, &body).await.ok(201);
    }
    bob.post(PATH, &json!({"category": "tools", "name": "hammer", "level": "EXPERT"}))
        .await
        .ok(201);

    let categories = ann.get(BY_CATEGORY).await.ok(200);
    assert_eq!(
        names(&categories),
        json!([
            ["languages", ["go", "Rust", "C", "sql", "Zig"]],
            ["tools", ["git"]],
            [null, ["cooking"]],
        ])
    );
    let git = &categories[1]["skills"][0];
    let id = git["id"].as_str().unwrap();
    assert_eq!(&ann.get(&format!("{PATH}/{id}")).await.ok(200), git);
    assert_eq!(names(&bob.get(BY_CATEGORY).await.ok(200)), json!([["tools", ["hammer"]]]));
    assert_eq!(app.anonymous().get(BY_CATEGORY).await.brief(), "401 unauthenticated");
}

fn names(categories: &Value) -> Value {
    let names = |category: &Value| {
        let skills = category["skills"].as_array().unwrap();
        let names: Vec<&Value> = skills.iter().map(|skill| &skill["name"]).collect();
        json!([category["category"], names])
    };
    categories.as_array().unwrap().iter().map(names).collect()
}
