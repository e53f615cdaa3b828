use serde_json::{Value, json};

use super::parts;
use crate::support::{Caller, TestApp, assert_holds};

const PATH: &str = "/v1/coach/profile/experiences";

fn least() -> Value {
    json!({"company": "Acme", "position": "Engineer", "startDate": "2020-01-15"})
}

#[tokio::test]
async fn experience_belongs_to_its_user() {
    parts::belongs_to_its_user(PATH, &least()).await;
}

#[tokio::test]
async fn experience_keeps_what_is_written() {
    let full = json!({
        "company": "Ærøskøbing 🚢 AS", "position": "Skipper", "description": "", "location": "Ærø",
        "workMode": "HYBRID", "startDate": "2019-02-28", "endDate": "2024-02-29", "isCurrent": false,
        "achievements": ["Crossed the Atlantic", "Came back"], "technologies": ["sextant"],
    });
    let defaults = json!({
        "description": null, "location": null, "workMode": null, "endDate": null,
        "isCurrent": false, "achievements": [], "technologies": [],
    });
    parts::keeps_what_is_written(PATH, &full, &least(), &defaults).await;
}

#[tokio::test]
async fn experience_refuses_what_is_not_the_clients() {
    parts::refuses_what_is_not_the_clients(PATH, &least()).await;
}

#[tokio::test]
async fn experience_pages_newest_first() {
    let bodies = ["a", "b", "c", "d", "e"].map(|company| {
        let mut body = least();
        body["company"] = json!(company);
        body
    });
    parts::pages(PATH, &bodies).await;
}

#[tokio::test]
async fn experience_changes_its_profile() {
    parts::changes_its_profile(PATH, &least()).await;
}

#[tokio::test]
async fn of_two_patches_of_one_version_one_wins() {
    let (one, other) = (json!({"company": "One"}), json!({"position": "Other"}));
    parts::has_one_winner(PATH, &least(), &one, &other).await;
}

#[tokio::test]
async fn experience_refuses_values_out_of_bounds() {
    let long = |length: usize| json!("é".repeat(length));
    parts::refuses_values(
        PATH,
        &least(),
        &[
            ("company", json!(""), "/company length"),
            ("company", long(201), "/company length"),
            ("company", json!(null), "/company type"),
            ("company", json!("a\u{0}b"), "/company nul"),
            ("position", json!(""), "/position length"),
            ("position", long(201), "/position length"),
            ("description", long(10001), "/description length"),
            ("location", json!(""), "/location length"),
            ("location", long(201), "/location length"),
            ("workMode", json!("remote"), "/workMode type"),
            ("startDate", json!("2021-02-29"), "/startDate type"),
            ("startDate", json!("1899-12-31"), "/startDate date"),
            ("endDate", json!("2200-01-01"), "/endDate date"),
            ("endDate", json!("2020-01-14"), "/endDate order"),
            ("isCurrent", json!("yes"), "/isCurrent type"),
            ("achievements", json!([""]), "/achievements lines"),
            ("achievements", json!([null]), "/achievements/0 type"),
            ("achievements", json!(vec!["a"; 101]), "/achievements lines"),
            ("technologies", json!([long(1001)]), "/technologies lines"),
        ],
    )
    .await;
}

#[tokio::test]
async fn experience_is_current_or_has_ended() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut body = least();
    body["isCurrent"] = json!(true);
    body["endDate"] = json!("2024-01-01");
    let both = r#"422 validation ["/endDate order"]"#;
    assert_eq!(ann.post(PATH, &body).await.brief(), both);
    body["isCurrent"] = json!(false);
    let place = ann.post(PATH, &body).await.header("location").to_owned();

    // A patch is judged by the whole that it makes.
    assert_eq!(ann.patch(&place, &json!({"isCurrent": true})).await.brief(), both);
    assert_eq!(ann.patch(&place, &json!({"startDate": "2024-01-02"})).await.brief(), both);
    let again = ann.patch(&place, &json!({"isCurrent": true, "endDate": null})).await.ok(200);
    assert_eq!(again["isCurrent"], true);
    let one_day = json!({"isCurrent": false, "endDate": "2020-01-15"});
    assert_eq!(ann.patch(&place, &one_day).await.ok(200)["endDate"], "2020-01-15");
}

#[tokio::test]
async fn largest_experience_is_kept_whole() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let line = "𝔸".repeat(1000);
    let body = json!({
        "company": "𝔸".repeat(200), "position": "é".repeat(200), "description": "ß".repeat(10000),
        "startDate": "1900-01-01", "endDate": "2199-12-31", "technologies": vec![&line; 100],
    });
    let made = ann.post(PATH, &body).await.ok(201);
    assert_holds(&made, &body);
    assert_eq!(ann.get(parts::PROFILE).await.ok(200)["experiences"], json!([made]));
}
