use serde_json::{Value, json};

use super::parts;
use crate::support::{Caller, TestApp, assert_holds};

const PATH: &str = "/v1/coach/profile/educations";

fn least() -> Value {
    json!({
        "institution": "NTNU", "degree": "MSc", "fieldOfStudy": "Physics", "startDate": "2010-08-15",
    })
}

#[tokio::test]
async fn education_belongs_to_its_user() {
    parts::belongs_to_its_user(PATH, &least()).await;
}

#[tokio::test]
async fn education_keeps_what_is_written() {
    let full = json!({
        "institution": "東京大学", "degree": "PhD", "fieldOfStudy": "Mathematics", "location": "Tokyo",
        "startDate": "2012-04-01", "endDate": "2016-03-31", "isCurrent": false, "gpa": 4.25,
        "achievements": ["Prize"], "coursework": ["Topology", "Logic"],
    });
    let defaults = json!({
        "location": null, "endDate": null, "isCurrent": false, "gpa": null,
        "achievements": [], "coursework": [],
    });
    parts::keeps_what_is_written(PATH, &full, &least(), &defaults).await;
}

#[tokio::test]
async fn education_refuses_what_is_not_the_clients() {
    parts::refuses_what_is_not_the_clients(PATH, &least()).await;
}

#[tokio::test]
async fn education_pages_newest_first() {
    let bodies = ["a", "b", "c"].map(|degree| {
        let mut body = least();
        body["degree"] = json!(degree);
        body
    });
    parts::pages(PATH, &bodies).await;
}

#[tokio::test]
async fn education_changes_its_profile() {
    parts::changes_its_profile(PATH, &least()).await;
}

#[tokio::test]
async fn of_two_patches_of_one_version_one_wins() {
    let (one, other) = (json!({"gpa": 1}), json!({"gpa": 2}));
    parts::has_one_winner(PATH, &least(), &one, &other).await;
}

#[tokio::test]
async fn education_refuses_values_out_of_bounds() {
    let long = json!("é".repeat(201));
    parts::refuses_values(
        PATH,
        &least(),
        &[
            ("institution", json!(""), "/institution length"),
            ("institution", long.clone(), "/institution length"),
            ("degree", json!(""), "/degree length"),
            ("degree", long.clone(), "/degree length"),
            ("fieldOfStudy", json!(""), "/fieldOfStudy length"),
            ("fieldOfStudy", long.clone(), "/fieldOfStudy length"),
            ("location", long, "/location length"),
            ("startDate", json!(null), "/startDate type"),
            ("startDate", json!("+9999-01-01"), "/startDate date"),
            ("endDate", json!("2010-08-14"), "/endDate order"),
            ("gpa", json!(-0.01), "/gpa range"),
            ("gpa", json!(5.01), "/gpa range"),
            ("gpa", json!("4"), "/gpa type"),
            ("achievements", json!(vec!["a"; 101]), "/achievements lines"),
            ("coursework", json!(["a".repeat(1001)]), "/coursework lines"),
            ("coursework", json!("Logic"), "/coursework type"),
        ],
    )
    .await;
}

#[tokio::test]
async fn education_goes_on_or_has_ended() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut body = least();
    body["isCurrent"] = json!(true);
    let place = ann.post(PATH, &body).await.header("location").to_owned();
    let ended = json!({"endDate": "2012-06-15"});
    assert_eq!(ann.patch(&place, &ended).await.brief(), r#"422 validation ["/endDate order"]"#);
    let ended = json!({"endDate": "2012-06-15", "isCurrent": false, "gpa": 5});
    assert_holds(&ann.patch(&place, &ended).await.ok(200), &json!({"gpa": 5.0}));
    assert_eq!(ann.patch(&place, &json!({"gpa": 0})).await.ok(200)["gpa"], 0.0);
}
