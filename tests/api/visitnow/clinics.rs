use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{Practice, appointment, in_hours, inserted, patient, practice, slot, staff};
use crate::support::{Caller, TestApp, assert_holds};

const PATH: &str = "/v1/visitnow/clinics";

fn full(practice: &Practice<'_>) -> Value {
    json!({
        "providerId": practice.id, "name": "Am Park 🌳",
        "address": {
            "street": "Parkallee 4", "city": "Köln", "region": "NRW", "postalCode": "50667", "country": "Germany",
        },
        "geo": {"type": "Point", "coordinates": [-179.75, 89.5]}, "telehealth": true,
        "contact": {"phone": "+4930123456", "email": "desk@park.example", "website": "https://park.example/a"},
        "timeZone": "America/Argentina/Ushuaia",
    })
}

fn ids(items: &[Value]) -> Vec<&Value> {
    items.iter().map(|one| &one["id"]).collect()
}

#[tokio::test]
async fn a_clinic_keeps_what_is_written() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let made = ada.post(PATH, &full(&ada)).await;
    assert_holds(&made.ok(201), &full(&ada));
    let place = made.header("location");
    assert_eq!(ada.get(place).await.ok(200), made.json());
    let sql = "select count(*) from visitnow.clinics where geo[0] = -179.75 and geo[1] = 89.5";
    assert_eq!(app.count(sql).await, 1);
    let moved = ada.patch(place, &json!({"geo": {"coordinates": [180, -90]}})).await.ok(200);
    assert_eq!(moved["geo"], json!({"type": "Point", "coordinates": [180.0, -90.0]}));
    assert_eq!(moved["address"], full(&ada)["address"]);
    let bare = ada.put(place, &json!({"name": "x", "timeZone": "UTC"})).await.ok(200);
    let fields = json!({
        "providerId": ada.id, "name": "x", "address": null, "geo": null, "telehealth": false, "contact": null,
        "timeZone": "UTC",
    });
    assert_holds(&bare, &fields);
    let stale = ada.send(Method::DELETE, place, ("if-match", made.etag()), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    ada.delete(place).await.ok(204);
    assert_eq!(ada.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_clinic_refuses_what_is_no_value_of_its() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let at = |longitude: f64, latitude: f64| json!({"type": "Point", "coordinates": [longitude, latitude]});
    for (field, value, error) in [
        ("name", json!(""), "/name length"),
        ("name", json!("\0"), "/name nul"),
        ("geo", at(180.1, 0.0), "/geo/coordinates coordinates"),
        ("geo", at(0.0, -90.000_001), "/geo/coordinates coordinates"),
        ("geo", json!({"type": "Point", "coordinates": [1]}), "/geo/coordinates type"),
        ("geo", json!({"type": "Point", "coordinates": [1, 2, 3]}), "/geo/coordinates type"),
        ("geo", json!({"type": "Point", "coordinates": ["1", 2]}), "/geo/coordinates/0 type"),
        ("geo", json!({"type": "Polygon", "coordinates": [1, 2]}), "/geo/type type"),
        ("geo", json!({"coordinates": [1, 2]}), "/geo/type required"),
        (
            "geo",
            json!({"type": "Point", "coordinates": [1, 2], "bbox": []}),
            "/geo/bbox unknown_field",
        ),
        ("geo", json!("1,2"), "/geo type"),
        ("address", json!({"street": ""}), "/address/street length"),
        ("address", json!({"zip": "1"}), "/address/zip unknown_field"),
        ("contact", json!({"phone": "030"}), "/contact/phone phone"),
        ("contact", json!({"email": "x"}), "/contact/email email"),
        ("contact", json!({"website": "ftp://x"}), "/contact/website url"),
        ("telehealth", json!(null), "/telehealth type"),
        ("timeZone", json!("Mars/Olympus"), "/timeZone timezone"),
        ("timeZone", json!("+02:00"), "/timeZone timezone"),
        ("timeZone", json!("Europe/"), "/timeZone timezone"),
    ] {
        let mut body = full(&ada);
        body[field] = value;
        let wanted = format!("422 validation {}", json!([error]));
        let refused = ada.post(PATH, &body).await;
        assert_eq!(refused.brief(), wanted, "{body}");
    }
    let text = full(&ada).to_string().replace("89.5", "1e999");
    let infinite = ada.raw(Method::POST, PATH, "application/json", text).await;
    assert_eq!(infinite.brief(), r#"422 validation ["/geo/coordinates/1 type"]"#);
}

#[tokio::test]
async fn a_clinic_of_an_active_provider_is_everybodys_to_read_and_of_others_the_practices() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let bob = practice(&app, "bob").await;
    let nurse = staff(&ada, "nurse", &[]).await;
    let former = staff(&ada, "former", &["clinic:write"]).await;
    let elsewhere = staff(&bob, "elsewhere", &["clinic:write"]).await;
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", former.id)).await;
    let pat = patient(&app, "pat").await.user;
    let service = format!(
        "visitnow.services (provider_id, name, duration_minutes, mode) values ('{}', 'x', 5, 'video')",
        ada.id
    );
    let service = inserted(&app, &service).await;
    let paths = [format!("{PATH}/{}", ada.clinic), format!("/v1/visitnow/services/{service}")];
    for (status, others) in [("active", 200), ("suspended", 404), ("pending", 404)] {
        app.execute(&format!(
            "set session_replication_role = replica; update visitnow.providers set status = '{status}'"
        ))
        .await;
        for path in &paths {
            for person in [&ada.doctor, &nurse] {
                assert_eq!(person.get(path).await.status, 200, "{status} {path}");
            }
            for person in [&former, &elsewhere, &bob.doctor, &pat] {
                assert_eq!(person.get(path).await.status, others, "{status} {path}");
                let refused = person.patch(path, &json!({"name": "x"})).await;
                assert_eq!(refused.status, if others == 200 { 403 } else { 404 });
            }
            assert_eq!(nurse.patch(path, &json!({"name": "x"})).await.brief(), "403 forbidden");
            assert_eq!(app.anonymous().get(path).await.status, 401);
        }
    }
}

#[tokio::test]
async fn clinics_and_services_are_listed_of_the_practices_one_works_for() {
    let app = TestApp::new().await;
    let (ada, bob) = (practice(&app, "ada").await, practice(&app, "bob").await);
    let (both, none) = (staff(&ada, "both", &[]).await, patient(&app, "pat").await.user);
    let join = "visitnow.staff_members (provider_id, user_id, role) values";
    inserted(&app, &format!("{join} ('{}', '{}', 'nurse')", bob.id, both.id)).await;
    // Even the provider may be on their own staff, and is told of nothing twice.
    app.execute(
        "insert into identity.role_grants (user_id, domain, role_code)
        select user_id, 'visitnow', 'staff' from visitnow.providers",
    )
    .await;
    inserted(&app, &format!("{join} ('{}', '{}', 'nurse')", ada.id, ada.doctor.id)).await;
    for (path, body) in [
        (PATH, json!({"name": "x", "timeZone": "UTC"})),
        ("/v1/visitnow/services", json!({"name": "x", "durationMinutes": 5, "mode": "phone"})),
    ] {
        let mut made = Vec::new();
        for index in 0..6 {
            let of = [&ada, &bob][index % 2];
            let mut body = body.clone();
            body["providerId"] = json!(of.id);
            made.insert(0, of.post(path, &body).await.ok(201));
        }
        let of = |id: Uuid| {
            made.iter().filter(|one| one["providerId"] == json!(id)).cloned().collect::<Vec<_>>()
        };
        let listed = both.all(path, 3).await;
        assert_eq!(listed[..6], made[..], "{path}");
        assert_eq!(ada.all(path, 100).await[..3], of(ada.id)[..]);
        let narrowed = both.all(&format!("{path}?providerId={}", bob.id), 2).await;
        assert_eq!(ids(&narrowed)[..3], ids(&of(bob.id))[..]);
        assert!(narrowed.iter().all(|one| one["providerId"] == json!(bob.id)), "{narrowed:?}");
        let not_theirs = ada.get(&format!("{path}?providerId={}", bob.id)).await.ok(200);
        assert_eq!(not_theirs["items"], json!([]));
        assert_eq!(none.get(path).await.ok(200)["items"], json!([]));
    }
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", both.id)).await;
    assert_eq!(both.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn a_clinic_stays_while_appointments_are_to_be_held_there() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let pat = patient(&app, "pat").await;
    let place = format!("{PATH}/{}", ada.clinic);
    for (index, status) in (1..).zip(["requested", "confirmed", "checked_in", "in_progress"]) {
        let id = appointment(&ada, &pat, status, index).await;
        let refused = ada.delete(&place).await;
        assert_eq!(refused.brief(), "409 conflict", "{status}");
        assert!(refused.text.contains("still to be held"), "{refused:?}");
        app.execute(&format!(
            "set session_replication_role = replica;
             update visitnow.appointments set status = 'cancelled' where id = '{id}'"
        ))
        .await;
    }
    for (index, status) in (-9..).zip(["completed", "no_show"]) {
        appointment(&ada, &pat, status, index).await;
    }
    slot(&ada, 24).await;
    ada.delete(&place).await.ok(204);
    assert_eq!(app.count("select count(*) from visitnow.slots").await, 0);
    let kept = "select count(*) from visitnow.appointments where clinic_id is null";
    assert_eq!(app.count(kept).await, 6);
}

#[tokio::test]
async fn who_is_offered_a_slot_of_a_clinic_that_goes_waits_again() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let pat = patient(&app, "pat").await;
    let id = slot(&ada, 24).await;
    let waits = format!(
        "visitnow.waitlist (patient_id, provider_id, desired_range, status)
         values ('{}', '{}', tstzrange('{}', '{}'), 'offered')",
        pat.id,
        ada.id,
        in_hours(1),
        in_hours(48)
    );
    let entry = inserted(&app, &waits).await;
    let hold =
        format!("status = 'held', held_until = now() + interval '1 hour', held_for_id = '{entry}'");
    let replica = "set session_replication_role = replica; update visitnow.slots set";
    app.execute(&format!("{replica} {hold} where id = '{id}'")).await;
    let place = format!("{PATH}/{}", ada.clinic);
    ada.delete(&place).await.ok(204);
    let waiting = "select count(*) from visitnow.waitlist where status = 'waiting'";
    assert_eq!(app.count(waiting).await, 1);
}
