use serde_json::{Value, json};

use super::parts;
use crate::support::{Caller, TestApp};

const PATH: &str = "/v1/coach/profile/certifications";

fn least() -> Value {
    json!({"name": "CKA", "issuingOrganization": "CNCF", "issueDate": "2025-03-01"})
}

#[tokio::test]
async fn certification_belongs_to_its_user() {
    parts::belongs_to_its_user(PATH, &least()).await;
}

#[tokio::test]
async fn certification_keeps_what_is_written() {
    let full = json!({
        "name": "Førerkort", "issuingOrganization": "Statens vegvesen", "issueDate": "2001-05-17",
        "expiryDate": "2051-05-17", "doesNotExpire": false, "credentialId": "№ 12/34",
        "credentialUrl": "https://vegvesen.example/verify?id=1",
    });
    let defaults = json!({
        "expiryDate": null, "doesNotExpire": false, "credentialId": null, "credentialUrl": null,
    });
    parts::keeps_what_is_written(PATH, &full, &least(), &defaults).await;
}

#[tokio::test]
async fn certification_refuses_what_is_not_the_clients() {
    parts::refuses_what_is_not_the_clients(PATH, &least()).await;
}

#[tokio::test]
async fn certification_pages_newest_first() {
    let bodies = ["a", "b", "c"].map(|name| {
        let mut body = least();
        body["name"] = json!(name);
        body
    });
    parts::pages(PATH, &bodies).await;
}

#[tokio::test]
async fn certification_changes_its_profile() {
    parts::changes_its_profile(PATH, &least()).await;
}

#[tokio::test]
async fn of_two_patches_of_one_version_one_wins() {
    let (one, other) = (json!({"name": "One"}), json!({"credentialId": "2"}));
    parts::has_one_winner(PATH, &least(), &one, &other).await;
}

#[tokio::test]
async fn certification_refuses_values_out_of_bounds() {
    let long = json!("é".repeat(201));
    parts::refuses_values(
        PATH,
        &least(),
        &[
            ("name", json!(""), "/name length"),
            ("name", long.clone(), "/name length"),
            ("issuingOrganization", json!(""), "/issuingOrganization length"),
            ("issuingOrganization", long.clone(), "/issuingOrganization length"),
            ("issueDate", json!("2025-13-01"), "/issueDate type"),
            ("issueDate", json!("0001-01-01"), "/issueDate date"),
            ("expiryDate", json!("2025-02-28"), "/expiryDate order"),
            ("expiryDate", json!("2200-01-01"), "/expiryDate date"),
            ("credentialId", json!(""), "/credentialId length"),
            ("credentialId", long, "/credentialId length"),
            ("credentialUrl", json!("javascript:alert(1)"), "/credentialUrl url"),
            ("credentialUrl", json!("https://a b"), "/credentialUrl url"),
        ],
    )
    .await;
}

#[tokio::test]
async fn certification_expires_or_does_not() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut body = least();
    body["expiryDate"] = json!("2025-03-01");
    body["doesNotExpire"] = json!(true);
    let both = r#"422 validation ["/expiryDate order"]"#;
    assert_eq!(ann.post(PATH, &body).await.brief(), both);
    body["doesNotExpire"] = json!(false);
    let place = ann.post(PATH, &body).await.header("location").to_owned();
    assert_eq!(ann.patch(&place, &json!({"doesNotExpire": true})).await.brief(), both);
    let ever = json!({"doesNotExpire": true, "expiryDate": null});
    assert_eq!(ann.patch(&place, &ever).await.ok(200)["doesNotExpire"], true);
}
