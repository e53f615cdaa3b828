use reqwest::Method;
use serde_json::{Value, json};

use super::people::{Practice, appointment, patient, practice};
use crate::support::{Caller, TestApp, assert_holds};

const PATH: &str = "/v1/visitnow/services";

fn full(practice: &Practice<'_>) -> Value {
    json!({
        "providerId": practice.id, "name": "Erstgespräch ☎", "description": "é".repeat(10_000),
        "durationMinutes": 480, "mode": "in_person", "price": i32::MAX, "currency": "JPY", "isActive": false,
    })
}

#[tokio::test]
async fn a_service_keeps_what_is_written() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let made = ada.post(PATH, &full(&ada)).await;
    assert_holds(&made.ok(201), &full(&ada));
    let place = made.header("location");
    assert_eq!(ada.get(place).await.ok(200), made.json());
    assert_eq!(ada.patch(place, &json!({"price": null})).await.ok(200)["price"], Value::Null);
    let bare = json!({"name": "x", "durationMinutes": 5, "mode": "video"});
    let bare = ada.put(place, &bare).await.ok(200);
    let fields = json!({
        "providerId": ada.id, "name": "x", "description": null, "durationMinutes": 5, "mode": "video",
        "price": null, "currency": "USD", "isActive": true,
    });
    assert_holds(&bare, &fields);
    let stale = ada.send(Method::DELETE, place, ("if-match", made.etag()), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    ada.delete(place).await.ok(204);
    assert_eq!(ada.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_service_refuses_what_is_no_value_of_its() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    for (field, value, error) in [
        ("name", json!(""), "/name length"),
        ("name", json!("x".repeat(201)), "/name length"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("description", json!("\0"), "/description nul"),
        ("durationMinutes", json!(4), "/durationMinutes range"),
        ("durationMinutes", json!(481), "/durationMinutes range"),
        ("durationMinutes", json!(7.5), "/durationMinutes type"),
        ("mode", json!("telepathy"), "/mode type"),
        ("price", json!(-1), "/price range"),
        ("price", json!(1_i64 << 31), "/price type"),
        ("price", json!(9.99), "/price type"),
        ("currency", json!("usd"), "/currency currency"),
        ("currency", json!(null), "/currency type"),
        ("isActive", json!("yes"), "/isActive type"),
    ] {
        let mut body = full(&ada);
        body[field] = value;
        let wanted = format!("422 validation {}", json!([error]));
        assert_eq!(ada.post(PATH, &body).await.brief(), wanted, "{field}");
    }
    assert_eq!(app.count("select count(*) from visitnow.services").await, 0);
}

#[tokio::test]
async fn appointments_outlive_the_service_that_they_were_for() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let pat = patient(&app, "pat").await;
    let place = ada.post(PATH, &full(&ada)).await.header("location").to_owned();
    let id = place.rsplit('/').next().unwrap();
    for (hours, status) in [
        (2, "requested"),
        (4, "in_progress"),
        (-4, "completed"),
        (-6, "cancelled"),
        (-8, "no_show"),
    ] {
        appointment(&ada, &pat, status, hours).await;
    }
    app.execute(&format!(
        "set session_replication_role = replica; update visitnow.appointments set service_id = '{id}'"
    ))
    .await;
    ada.delete(&place).await.ok(204);
    let kept = "select count(*) from visitnow.appointments where service_id is null";
    assert_eq!(app.count(kept).await, 5);
}
