//! Who practises: an active provider who is a doctor with an active account. All others are neither found nor booked, treat
//! nobody and write to nobody.

use serde_json::json;

use super::{
    appointments::book,
    conversations::begun,
    dependants,
    people::{Patient, Practice, appointment, in_hours, inserted, patient, practice, slot},
};
use crate::support::{Caller, TestApp};

/// What takes the practice away, and gives it back.
const WAYS: [(&str, &str); 3] = [
    (
        "update visitnow.providers set status = 'suspended'",
        "update visitnow.providers set status = 'active'",
    ),
    (
        "update identity.role_grants set role_code = 'admin' where role_code = 'doctor'",
        "update identity.role_grants set role_code = 'doctor' where role_code = 'admin'",
    ),
    (
        "update identity.users set status = 'suspended' where first_name = 'dora'",
        "update identity.users set status = 'active' where first_name = 'dora'",
    ),
];

async fn waits(patient: &Patient<'_>, practice: &Practice<'_>) -> u16 {
    let body = json!({
        "providerId": practice.id, "desiredRange": {"start": in_hours(1), "end": in_hours(99)},
    });
    patient.post("/v1/visitnow/waitlist", &body).await.status
}

#[tokio::test]
async fn who_does_not_practise_is_neither_found_nor_booked_nor_written_to() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let (free, talk) = (slot(&dora, 48).await, begun(&pat, &dora).await);
    let public = format!("/v1/visitnow/providers/{}", dora.id);
    let words = json!({"content": "x"});
    for (taken, given_back) in WAYS {
        app.execute(taken).await;
        let found = app.anonymous().get("/v1/visitnow/providers").await.ok(200);
        assert_eq!(found["items"], json!([]), "{taken}");
        for page in [&public, &format!("{public}/slots")] {
            assert_eq!(app.anonymous().get(page).await.brief(), "404 not-found", "{taken}");
        }
        assert_eq!(book(&pat, free).await.brief(), "409 conflict", "{taken}");
        assert_eq!(waits(&pat, &dora).await, 409, "{taken}");
        let sent = pat.post(&format!("{talk}/messages"), &words).await;
        assert_eq!(sent.brief(), "409 conflict", "{taken}");
        app.execute(given_back).await;
    }
    let found = app.anonymous().get("/v1/visitnow/providers").await.ok(200);
    assert_eq!(found["items"][0]["id"], json!(dora.id));
    book(&pat, free).await.ok(201);
}

#[tokio::test]
async fn who_is_no_doctor_any_more_acts_and_reads_for_nobody() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let visit = appointment(&dora, &pat, "confirmed", 48).await;
    let places = [
        format!("/v1/visitnow/patients/{}", pat.id),
        format!("/v1/visitnow/appointments/{visit}"),
        format!("/v1/visitnow/appointments/{visit}/notes"),
        format!("/v1/visitnow/providers/{}/appointments", dora.id),
    ];
    for place in &places {
        dora.get(place).await.ok(200);
    }
    app.execute(WAYS[1].0).await;
    for place in &places {
        assert_eq!(dora.get(place).await.brief(), "404 not-found", "{place}");
    }
}

#[tokio::test]
async fn nobody_is_their_own_patient() {
    let app = TestApp::new().await;
    let dora = practice(&app, "dora").await;
    app.execute(&format!(
        "insert into identity.role_grants (user_id, domain, role_code) values ('{0}', 'visitnow', 'patient');
         insert into visitnow.patients (user_id, full_name) values ('{0}', 'dora')",
        dora.doctor.id
    ))
    .await;
    let refused = book(&dora, slot(&dora, 48).await).await;
    assert_eq!(refused.brief(), "409 conflict");
    assert_eq!(refused.json()["detail"], "nobody is their own patient");
    let body = json!({
        "providerId": dora.id, "desiredRange": {"start": in_hours(1), "end": in_hours(99)},
    });
    assert_eq!(dora.post("/v1/visitnow/waitlist", &body).await.brief(), "409 conflict");
}

#[tokio::test]
async fn who_treats_a_child_reads_nothing_of_the_parents_health() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let record = json!({"fullName": "Pat", "allergies": ["Nuts"], "bloodGroup": "A+",
        "medicalHistory": {"conditions": ["Asthma"]}});
    pat.put("/v1/visitnow/patients/me", &record).await.ok(200);
    let child = json!({"fullName": "Kit", "relationship": "child", "notes": "Measles in May."});
    let child = pat.post(dependants::PATH, &child).await.id();
    let visit = format!(
        "visitnow.appointments (patient_id, dependant_id, provider_id, scheduled_start, scheduled_end, channel)
         values ('{}', '{child}', '{}', '{2}', '{2}'::timestamptz + interval '1 hour', 'video')",
        pat.id,
        dora.id,
        in_hours(48)
    );
    inserted(&app, &visit).await;
    let place = format!("/v1/visitnow/patients/{}", pat.id);
    let seen = dora.get(&place).await.ok(200);
    assert_eq!(seen["dependants"][0]["notes"], "Measles in May.");
    for field in ["medicalHistory", "allergies", "bloodGroup"] {
        assert!(seen[field].is_null(), "{field}: {seen}");
    }
    appointment(&dora, &pat, "confirmed", 72).await;
    assert_eq!(dora.get(&place).await.ok(200)["allergies"], json!(["Nuts"]));
}

#[tokio::test]
async fn what_was_freed_meanwhile_is_offered_once_a_provider_is_activated() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    assert_eq!(waits(&pat, &dora).await, 201);
    app.execute(WAYS[0].0).await;
    slot(&dora, 48).await;
    app.execute(WAYS[0].1).await;
    let offered = "select count(*) from visitnow.waitlist
        join visitnow.slots on held_for_id = waitlist.id
        where waitlist.status = 'offered' and slots.status = 'held'";
    assert_eq!(app.count(offered).await, 1);

    // Whoever declines is told of it no more.
    let told = "/v1/visitnow/notifications?templateKey=waitlist.offered";
    assert_eq!(pat.all(told, 9).await.len(), 2);
    let entry = pat.all("/v1/visitnow/waitlist", 9).await[0]["id"].as_str().unwrap().to_owned();
    pat.post(&format!("/v1/visitnow/waitlist/{entry}/cancel"), &json!({})).await.ok(200);
    assert_eq!(pat.all(told, 9).await.len(), 0);
}
