use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    patients::newcomer,
    people::{inserted, patient, practice, slot},
};
use crate::support::{Caller, TestApp, assert_holds};

pub const PATH: &str = "/v1/visitnow/patients/me/dependants";

fn full() -> Value {
    json!({"fullName": "Tim 🧸", "relationship": "Son", "dateOfBirth": "2019-09-09", "notes": "é".repeat(10_000)})
}

fn named(name: &str) -> Value {
    json!({"fullName": name, "relationship": "Child"})
}

#[tokio::test]
async fn dependants_are_the_patients_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    let made = ann.post(PATH, &full()).await;
    assert_holds(&made.ok(201), &full());
    let place = made.header("location");
    assert_eq!(place, format!("{PATH}/{}", made.id()));
    assert_eq!(ann.get(place).await.ok(200), made.json());
    for path in [PATH, place] {
        assert_eq!(ann.get(path).await.header("cache-control"), "no-store", "{path}");
    }
    let doctor = app.user_with_roles("doc", &["visitnow:doctor", "visitnow:admin"]).await;
    for other in [&bob.user, &doctor, &app.admin().await] {
        for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
            let refused = other.send(method, place, ("x", "y"), Some(&full())).await;
            assert_eq!(refused.brief(), "404 not-found", "{}", other.email);
        }
        assert_eq!(other.get(PATH).await.ok(200)["items"], json!([]));
    }
    let put = ann.put(place, &named("Tom")).await;
    assert_holds(&put.ok(200), &json!({"fullName": "Tom", "notes": null, "dateOfBirth": null}));
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let stale = ann.send(method, place, ("if-match", made.etag()), Some(&full())).await;
        assert_eq!(stale.brief(), "412 precondition-failed");
    }
    ann.patch(place, &json!({"notes": "Nuts"})).await.ok(200);
    assert_eq!(ann.delete(place).await.status, 204);
    assert_eq!(ann.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn dependants_are_listed_newest_first() {
    let app = TestApp::new().await;
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    for name in ["a", "b", "c", "d", "e"] {
        ann.post(PATH, &named(name)).await.ok(201);
        bob.post(PATH, &named("x")).await.ok(201);
    }
    for limit in [1, 2, 100] {
        let all = ann.all(PATH, limit).await;
        let names: String = all.iter().map(|one| one["fullName"].as_str().unwrap()).collect();
        assert_eq!(names, "edcba");
    }
}

#[tokio::test]
async fn a_dependant_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = patient(&app, "ann").await;
    let place = ann.post(PATH, &full()).await.header("location").to_owned();
    for (field, value, error) in [
        ("fullName", json!(""), "/fullName length"),
        ("relationship", json!("x".repeat(201)), "/relationship length"),
        ("dateOfBirth", json!("1849-12-31"), "/dateOfBirth date"),
        ("dateOfBirth", json!("2199-12-31"), "/dateOfBirth date"),
        ("notes", json!("x".repeat(10_001)), "/notes length"),
        ("notes", json!("\0"), "/notes nul"),
        ("patientId", json!(ann.id), "/patientId unknown_field"),
    ] {
        let mut body = named("x");
        body[field] = value;
        let wanted = format!(r#"422 validation ["{error}"]"#);
        assert_eq!(ann.post(PATH, &body).await.brief(), wanted);
        assert_eq!(ann.put(&place, &body).await.brief(), wanted);
        assert_eq!(ann.patch(&place, &json!({field: body[field]})).await.brief(), wanted);
    }
    assert_holds(&ann.get(&place).await.ok(200), &full());
}

#[tokio::test]
async fn whoever_has_no_record_has_no_dependants() {
    let app = TestApp::new().await;
    let ann = newcomer(&app, "ann").await;
    assert_eq!(ann.post(PATH, &named("x")).await.brief(), "409 conflict");
    assert_eq!(ann.get(PATH).await.ok(200), json!({"items": [], "nextCursor": null}));
    assert_eq!(ann.get(&format!("{PATH}/{}", Uuid::now_v7())).await.brief(), "404 not-found");
    assert_eq!(ann.get(&format!("{PATH}/x")).await.brief(), "404 not-found");
    assert_eq!(app.count("select count(*) from visitnow.dependants").await, 0);
}

#[tokio::test]
async fn no_answer_about_a_dependant_is_stored() {
    let app = TestApp::new().await;
    let ann = patient(&app, "ann").await;
    for _ in 0..2 {
        let made = ann.send(Method::POST, PATH, ("idempotency-key", "key"), Some(&full())).await;
        made.ok(201);
        assert_eq!(made.header("idempotency-replayed"), "");
    }
    assert_eq!(ann.get(PATH).await.ok(200)["items"].as_array().unwrap().len(), 2);
    assert_eq!(app.count("select count(*) from identity.idempotency_keys").await, 0);
}

#[tokio::test]
async fn parallel_patches_of_a_dependant_lose_nothing() {
    let app = TestApp::new().await;
    let ann = patient(&app, "ann").await;
    let place = ann.post(PATH, &named("x")).await.header("location").to_owned();
    let patches =
        [json!({"fullName": "New"}), json!({"relationship": "New"}), json!({"notes": "New"})];
    for one in join_all(patches.iter().map(|patch| ann.patch(&place, patch))).await {
        one.ok(200);
    }
    let fields = json!({"fullName": "New", "relationship": "New", "notes": "New"});
    assert_holds(&ann.get(&place).await.ok(200), &fields);
}

#[tokio::test]
async fn with_a_dependant_go_their_appointments_and_the_slot_is_free_again() {
    let app = TestApp::new().await;
    let (house, ann) = (practice(&app, "house").await, patient(&app, "ann").await);
    let place = ann.post(PATH, &named("Tim")).await.header("location").to_owned();
    let tim = place.rsplit('/').next().unwrap();
    let mut booked = Vec::new();
    for (hours, dependant) in [(24, format!("'{tim}'")), (48, "null".to_owned())] {
        let slot = slot(&house, hours).await;
        let insert = format!(
            "visitnow.appointments (patient_id, dependant_id, provider_id, slot_id, scheduled_start, scheduled_end, channel, reason)
             values ('{}', {dependant}, '{}', '{slot}', now(), now() + interval '1 hour', 'video', 'Cough')",
            ann.id, house.id
        );
        inserted(&app, &insert).await;
        booked.push(slot);
    }
    assert_eq!(app.count("select count(*) from visitnow.slots where status = 'booked'").await, 2);
    assert_eq!(ann.delete(&place).await.status, 204);
    let left = "select count(*) from visitnow.appointments
        where status = 'cancelled' and dependant_id is null and reason is null";
    assert_eq!(app.count(left).await, 1, "hers is cancelled and forgotten");
    let live = "select count(*) from visitnow.appointments where status = 'requested'";
    assert_eq!(app.count(live).await, 1, "the patient's own stays");
    let mut conn = app.sql().await;
    let sql = "select status::text from visitnow.slots where id = $1";
    for (slot, status) in booked.iter().zip(["open", "booked"]) {
        let found: String = sqlx::query_scalar(sql).bind(slot).fetch_one(&mut conn).await.unwrap();
        assert_eq!(found, status);
    }
}
