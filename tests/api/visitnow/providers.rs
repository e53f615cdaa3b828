use std::collections::BTreeSet;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{patient, practice, staff};
use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/visitnow/providers";
const ME: &str = "/v1/visitnow/providers/me";
const ALL: &str = "/v1/visitnow/admin/providers";

async fn doctor<'a>(app: &'a TestApp, name: &str) -> User<'a> {
    app.user_with_roles(name, &["visitnow:doctor"]).await
}

/// Somebody who administers visitnow.
pub async fn keeper(app: &TestApp) -> User<'_> {
    app.user_with_roles("keeper", &["visitnow:admin"]).await
}

fn full() -> Value {
    json!({
        "displayName": "Dr. Ädda 🩺", "specializations": ["Cardiology", "Sports medicine"],
        "languages": ["de", "pt-BR"], "about": "é".repeat(10_000), "experienceYears": 80,
    })
}

/// Puts a provider into any status, as no request could.
async fn put_into(app: &TestApp, id: Uuid, status: &str) {
    app.execute(&format!(
        "set session_replication_role = replica;
         update visitnow.providers set status = '{status}' where id = '{id}'"
    ))
    .await;
}

#[tokio::test]
async fn a_doctor_makes_a_profile_that_is_pending_and_their_own() {
    let app = TestApp::new().await;
    let (ada, bob) = (doctor(&app, "ada").await, doctor(&app, "bob").await);
    assert_eq!(ada.get(ME).await.brief(), "404 not-found");
    let made = ada.put(ME, &full()).await;
    assert_holds(&made.ok(201), &full());
    assert_eq!(made.header("location"), ME);
    let fields = json!({"userId": ada.id, "status": "pending", "rating": null, "ratingCount": 0});
    assert_holds(&made.json(), &fields);
    assert_eq!(ada.get(ME).await.ok(200), made.json());
    assert_eq!(bob.get(ME).await.brief(), "404 not-found");
    assert_eq!(app.anonymous().get(ME).await.brief(), "401 unauthenticated");

    let bare = ada.put(ME, &json!({"displayName": "Ada"})).await.ok(200);
    let fields = json!({
        "id": made.json()["id"], "displayName": "Ada", "specializations": [], "languages": [], "about": null,
        "experienceYears": null, "status": "pending",
    });
    assert_holds(&bare, &fields);
    assert_holds(&ada.patch(ME, &full()).await.ok(200), &full());
    let stale = ada.send(Method::PUT, ME, ("if-match", made.etag()), Some(&full())).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(ada.delete(ME).await.brief(), "405 method-not-allowed");
}

#[tokio::test]
async fn only_doctors_have_a_profile() {
    let app = TestApp::new().await;
    for roles in [&["visitnow:patient", "visitnow:staff", "visitnow:admin"][..], &["coach:USER"]] {
        let person = app.user_with_roles(&Uuid::now_v7().to_string(), roles).await;
        for refused in [person.put(ME, &full()).await, person.patch(ME, &full()).await] {
            assert_eq!(refused.brief(), "403 forbidden", "{roles:?}");
        }
    }
    // Whoever lost the role since their token was issued.
    let ada = doctor(&app, "ada").await;
    ada.put(ME, &full()).await.ok(201);
    app.execute("delete from identity.role_grants where role_code = 'doctor'").await;
    for refused in [ada.put(ME, &full()).await, ada.patch(ME, &full()).await] {
        assert_eq!(refused.brief(), "403 forbidden");
    }
    let eve = doctor(&app, "eve").await;
    app.execute("delete from identity.role_grants where role_code = 'doctor'").await;
    assert_eq!(eve.put(ME, &full()).await.brief(), "403 forbidden");
    assert_eq!(app.count("select count(*) from visitnow.providers").await, 1);
}

#[tokio::test]
async fn a_profile_refuses_what_is_no_value_of_its() {
    let app = TestApp::new().await;
    let ada = doctor(&app, "ada").await;
    for (field, value, error) in [
        ("displayName", json!(""), "/displayName length"),
        ("displayName", json!("x".repeat(201)), "/displayName length"),
        ("displayName", json!(null), "/displayName type"),
        ("displayName", json!("a\u{0}"), "/displayName nul"),
        ("specializations", json!([""]), "/specializations lines"),
        ("specializations", json!(vec!["x"; 101]), "/specializations lines"),
        ("languages", json!(["english please"]), "/languages languages"),
        ("languages", json!(vec!["de"; 101]), "/languages languages"),
        ("languages", json!("de"), "/languages type"),
        ("about", json!("x".repeat(10_001)), "/about length"),
        ("experienceYears", json!(81), "/experienceYears range"),
        ("experienceYears", json!(-1), "/experienceYears range"),
        ("experienceYears", json!(1.5), "/experienceYears type"),
        ("status", json!("active"), "/status unknown_field"),
        ("rating", json!(5), "/rating unknown_field"),
        ("userId", json!(Uuid::now_v7()), "/userId unknown_field"),
    ] {
        let mut body = full();
        body[field] = value;
        let wanted = format!("422 validation {}", json!([error]));
        assert_eq!(ada.put(ME, &body).await.brief(), wanted, "{field}");
    }
    let missing = ada.put(ME, &json!({})).await;
    assert_eq!(missing.brief(), r#"422 validation ["/displayName required"]"#);
    assert_eq!(ada.get(ME).await.brief(), "404 not-found");
}

#[tokio::test]
async fn first_profiles_at_once_are_one() {
    let app = TestApp::new().await;
    let ada = doctor(&app, "ada").await;
    let body = full();
    let answers = join_all((0..8).map(|_| ada.put(ME, &body))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|one| one.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 201], "{answers:?}");
    assert_eq!(app.count("select count(*) from visitnow.providers").await, 1);
}

#[tokio::test]
async fn a_status_is_not_changed_by_writing_the_profile() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    for status in ["pending", "active", "suspended"] {
        put_into(&app, ada.id, status).await;
        assert_eq!(ada.put(ME, &full()).await.ok(200)["status"], status);
        assert_eq!(ada.patch(ME, &json!({"about": null})).await.ok(200)["status"], status);
    }
}

#[tokio::test]
async fn everybody_sees_an_active_provider_with_clinics_and_services() {
    let app = TestApp::new().await;
    let (ada, bob) = (practice(&app, "ada").await, practice(&app, "bob").await);
    ada.patch(ME, &full()).await.ok(200);
    let clinic = json!({
        "providerId": ada.id, "name": "Second", "address": {"postalCode": "1"},
        "geo": {"type": "Point", "coordinates": [-71.5, 41.25]}, "contact": {"phone": "+4930123456"},
        "telehealth": true, "timeZone": "America/New_York",
    });
    let second = ada.post("/v1/visitnow/clinics", &clinic).await.ok(201);
    let service =
        json!({"providerId": ada.id, "name": "Talk", "durationMinutes": 30, "mode": "video"});
    let talk = ada.post("/v1/visitnow/services", &service).await.ok(201);
    let mut off = service.clone();
    off["isActive"] = json!(false);
    ada.post("/v1/visitnow/services", &off).await.ok(201);
    let page = app.anonymous().get(&format!("{PATH}/{}", ada.id)).await.ok(200);
    let mut shown = full();
    shown["id"] = json!(ada.id);
    assert_holds(&page, &shown);
    assert_eq!((&page["userId"], &page["status"]), (&Value::Null, &Value::Null));
    let clinics = page["clinics"].as_array().unwrap();
    assert_eq!((clinics.len(), &clinics[0]["id"]), (2, &json!(ada.clinic)));
    assert_eq!(clinics[0]["geo"], Value::Null);
    for (name, value) in clinics[1].as_object().unwrap() {
        assert_eq!(value, &second[name], "{name}");
    }
    let services = page["services"].as_array().unwrap();
    assert_eq!(services.len(), 1);
    for (name, value) in services[0].as_object().unwrap() {
        assert_eq!(value, &talk[name], "{name}");
    }
    let other = bob.get(&format!("{PATH}/{}", bob.id)).await.ok(200);
    assert_eq!((other["clinics"].as_array().unwrap().len(), &other["services"]), (1, &json!([])));
}

#[tokio::test]
async fn who_is_not_active_has_no_page() {
    let app = TestApp::new().await;
    let (ada, keeper) = (practice(&app, "ada").await, keeper(&app).await);
    let page = format!("{PATH}/{}", ada.id);
    for (status, wanted) in [("pending", 404), ("suspended", 404), ("active", 200)] {
        put_into(&app, ada.id, status).await;
        for user in [&keeper, &ada.doctor] {
            assert_eq!(user.get(&page).await.status, wanted, "{status}");
        }
        assert_eq!(app.anonymous().get(&page).await.status, wanted, "{status}");
    }
    for nowhere in [Uuid::now_v7().to_string(), "x".into()] {
        let path = format!("{PATH}/{nowhere}");
        assert_eq!(app.anonymous().get(&path).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn a_page_shows_a_hundred_clinics_and_services_at_most() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    app.execute(&format!(
        "insert into visitnow.clinics (provider_id, name, time_zone)
         select '{0}', number::text, 'UTC' from generate_series(1, 120) as number;
         insert into visitnow.services (provider_id, name, duration_minutes, mode)
         select '{0}', number::text, 5, 'phone' from generate_series(1, 120) as number",
        ada.id
    ))
    .await;
    let page = app.anonymous().get(&format!("{PATH}/{}", ada.id)).await.ok(200);
    for part in ["clinics", "services"] {
        assert_eq!(page[part].as_array().unwrap().len(), 100);
    }
    assert_eq!(page["clinics"][0]["id"], json!(ada.clinic));
}

#[tokio::test]
async fn administrators_alone_move_a_provider_along_the_flow() {
    let app = TestApp::new().await;
    let (ada, keeper) = (practice(&app, "ada").await, keeper(&app).await);
    let member = staff(&ada, "sam", &["clinic:write"]).await;
    let (pat, root) = (patient(&app, "pat").await, app.admin().await);
    for (status, verb, then) in [
        ("pending", "activate", Ok("active")),
        ("pending", "suspend", Ok("suspended")),
        ("active", "activate", Err("suspended")),
        ("active", "suspend", Ok("suspended")),
        ("suspended", "activate", Ok("active")),
        ("suspended", "suspend", Err("active")),
    ] {
        put_into(&app, ada.id, status).await;
        let path = format!("{PATH}/{}/{verb}", ada.id);
        for person in [&ada.doctor, &member, &pat.user, &root] {
            assert_eq!(person.post(&path, &json!({})).await.brief(), "403 forbidden");
        }
        assert_eq!(ada.get(ME).await.ok(200)["status"], status);
        let moved = keeper.post(&path, &json!({})).await;
        match then {
            Ok(then) => assert_eq!(moved.ok(200)["status"], then, "{status} {verb}"),
            Err(allowed) => {
                assert_eq!(moved.brief(), "409 conflict", "{status} {verb}");
                let detail = moved.json()["detail"].as_str().unwrap().to_owned();
                assert!(detail.ends_with(&format!("; allowed: {allowed}")), "{detail}");
            }
        }
        assert_eq!(ada.get(ME).await.ok(200)["status"], then.unwrap_or(status));
    }
    let nowhere = format!("{PATH}/{}/activate", Uuid::now_v7());
    assert_eq!(keeper.post(&nowhere, &json!({})).await.brief(), "404 not-found");
}

#[tokio::test]
async fn an_administrator_who_is_none_any_more_moves_nothing() {
    let app = TestApp::new().await;
    let (ada, keeper) = (practice(&app, "ada").await, keeper(&app).await);
    app.execute("delete from identity.role_grants where role_code = 'admin'").await;
    let path = format!("{PATH}/{}/suspend", ada.id);
    assert_eq!(keeper.post(&path, &json!({})).await.brief(), "404 not-found");
    assert_eq!(keeper.get(ALL).await.ok(200)["items"], json!([]));
    assert_eq!(ada.get(ME).await.ok(200)["status"], "active");
}

#[tokio::test]
async fn of_moves_at_once_one_is_made() {
    let app = TestApp::new().await;
    let (ada, keeper) = (practice(&app, "ada").await, keeper(&app).await);
    let (path, nothing) = (format!("{PATH}/{}/suspend", ada.id), json!({}));
    let moved = join_all((0..8).map(|_| keeper.post(&path, &nothing))).await;
    let mut statuses: Vec<u16> = moved.iter().map(|one| one.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409], "{moved:?}");
}

#[tokio::test]
async fn administrators_list_providers_by_status() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let mut ids = Vec::new();
    for (index, status) in
        ["pending", "active", "suspended", "pending", "active"].iter().enumerate()
    {
        let one = practice(&app, &format!("doctor{index}")).await;
        put_into(&app, one.id, status).await;
        ids.insert(0, (json!(one.id), *status));
        let refused = one.get(ALL).await;
        assert_eq!(refused.brief(), "403 forbidden");
        assert_eq!(one.get(&format!("{ALL}/{}", one.id)).await.brief(), "403 forbidden");
        let seen = keeper.get(&format!("{ALL}/{}", one.id)).await.ok(200);
        assert_eq!(seen, one.get(ME).await.ok(200));
    }
    for wanted in
        ["", "pending", "active", "suspended", "suspended,pending", "pending&status=pending"]
    {
        let statuses: BTreeSet<&str> = wanted.split([',', '&']).collect();
        let query = if wanted.is_empty() { String::new() } else { format!("?status={wanted}") };
        let found = keeper.all(&format!("{ALL}{query}"), 2).await;
        let found: Vec<Value> = found.iter().map(|one| one["id"].clone()).collect();
        let expected: Vec<Value> = ids
            .iter()
            .filter(|(_, status)| wanted.is_empty() || statuses.contains(status))
            .map(|(id, _)| id.clone())
            .collect();
        assert_eq!(found, expected, "{wanted}");
    }
    assert_eq!(keeper.get(&format!("{ALL}?status=gone")).await.status, 400);
    assert_eq!(keeper.get(&format!("{ALL}/{}", Uuid::now_v7())).await.brief(), "404 not-found");
}
