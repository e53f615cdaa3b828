use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Executor, raw_sql};
use uuid::Uuid;

use super::people::{
    Patient, Practice, in_hours, inserted, patient, practice, slot, slot_at, staff,
};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/visitnow/appointments";

/// Books a slot for oneself.
pub async fn book(patient: &User<'_>, slot: Uuid) -> Response {
    patient.post(PATH, &json!({"slotId": slot})).await
}

/// Somebody whom a patient takes care of.
pub async fn dependant(patient: &Patient<'_>) -> Uuid {
    let insert = format!(
        "visitnow.dependants (patient_id, full_name, relationship) values ('{}', 'Kid', 'child')",
        patient.id
    );
    inserted(patient.app, &insert).await
}

/// A service for half an hour by video.
pub async fn service(practice: &Practice<'_>) -> Uuid {
    let insert = format!(
        "visitnow.services (provider_id, name, duration_minutes, mode) values ('{}', 'x', 30, 'video')",
        practice.id
    );
    inserted(practice.app, &insert).await
}

/// The detail of a refusal with 409.
#[track_caller]
pub fn refusal(answer: &Response) -> String {
    answer.ok(409)["detail"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_appointment_keeps_every_field_and_takes_its_slot() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let (slot, kid, service) = (slot(&dora, 48).await, dependant(&pat).await, service(&dora).await);
    let body =
        json!({"slotId": slot, "dependantId": kid, "serviceId": service, "reason": "ü\u{1f600}"});
    let made = pat.post(PATH, &body).await;
    let row = made.ok(201);
    assert_holds(&row, &body);
    assert_holds(
        &row,
        &json!({
            "patientId": pat.id, "providerId": dora.id, "clinicId": dora.clinic, "status": "requested",
            "channel": "video", "rating": null, "scheduledStart": in_hours(48).replace("+00:00", "Z"),
        }),
    );
    let fields: Vec<_> = row.as_object().unwrap().keys().cloned().collect();
    assert!(!fields.contains(&"notes".to_owned()) && fields.len() == 16, "{fields:?}");
    let timeline = row["timeline"].as_array().unwrap();
    assert_eq!(timeline.len(), 1);
    let asked = json!({"by": "patient", "from": null, "to": "requested", "note": null});
    assert_holds(&timeline[0], &asked);
    assert_eq!(made.header("location"), format!("{PATH}/{}", made.id()));
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    for person in [&*pat, &*dora, &member] {
        let read = person.get(made.header("location")).await;
        assert_eq!((read.ok(200), read.etag()), (made.json(), made.etag()));
    }
    for sql in [
        "select count(*) from visitnow.slots where status = 'booked'",
        "select count(distinct user_id) - 1 from visitnow.notifications where template_key = 'appointment.requested'",
        "select count(*) + 1 from audit.logs where actor_id is null and entity_type = 'visitnow.appointments'",
    ] {
        assert_eq!(app.count(sql).await, 1, "{sql}");
    }
}

#[tokio::test]
async fn nobody_else_reads_an_appointment() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let made = book(&pat, slot(&dora, 48).await).await;
    let place = made.header("location");
    let others = ["availability:write", "messages:write", "clinic:write"];
    let without = staff(&dora, "without", &others).await;
    let elsewhere = staff(&emil, "elsewhere", &["appointments:write"]).await;
    let admin = app.user_with_roles("admin", &["visitnow:admin", "platform:admin"]).await;
    for person in [&*emil, &*other, &without, &elsewhere, &admin] {
        assert_eq!(person.get(place).await.brief(), "404 not-found", "{}", person.email);
        assert_eq!(person.get(PATH).await.ok(200)["items"], json!([]), "{}", person.email);
    }
    assert_eq!(app.anonymous().get(place).await.status, 401);
}

#[tokio::test]
async fn who_has_no_record_makes_it_first() {
    let app = TestApp::new().await;
    let dora = practice(&app, "dora").await;
    let slot = slot(&dora, 48).await;
    for person in [&*dora, &app.user("eve").await] {
        let refused = book(person, slot).await;
        assert_eq!(refusal(&refused), "make your own record first: PUT /v1/visitnow/patients/me");
    }
    assert_eq!(app.count("select count(*) from visitnow.slots where status = 'open'").await, 1);
}

#[tokio::test]
async fn what_is_not_there_or_not_theirs_is_named() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let (slot, nothing) = (slot(&dora, 48).await, Uuid::now_v7());
    let (theirs, elsewhere) = (dependant(&other).await, service(&emil).await);
    for (body, fault) in [
        (json!({"slotId": nothing}), "/slotId reference"),
        (json!({"slotId": nothing, "serviceId": elsewhere}), "/slotId reference"),
        (json!({"slotId": slot, "dependantId": nothing}), "/dependantId reference"),
        (json!({"slotId": slot, "dependantId": theirs}), "/dependantId reference"),
        (json!({"slotId": slot, "serviceId": nothing}), "/serviceId reference"),
        (json!({"slotId": slot, "serviceId": elsewhere}), "/serviceId reference"),
        (json!({}), "/slotId required"),
        (json!({"slotId": null}), "/slotId type"),
        (json!({"slotId": slot, "patientId": other.id}), "/patientId unknown_field"),
        (json!({"slotId": slot, "notes": "x"}), "/notes unknown_field"),
        (json!({"slotId": slot, "reason": "x".repeat(10_001)}), "/reason length"),
        (json!({"slotId": slot, "reason": "\0"}), "/reason nul"),
    ] {
        let refused = pat.post(PATH, &body).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([fault])), "{body}");
    }
    assert_eq!(app.count("select count(*) from visitnow.slots where status = 'open'").await, 1);
    let longest = json!({"slotId": slot, "reason": "\u{1f600}".repeat(10_000)});
    pat.post(PATH, &longest).await.ok(201);
}

#[tokio::test]
async fn a_service_fits_the_slot() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let slot = slot(&dora, 48).await;
    let service = service(&dora).await;
    for change in ["duration_minutes = 31", "mode = 'phone'", "is_active = false"] {
        app.execute(&format!("update visitnow.services set {change}")).await;
        let refused = pat.post(PATH, &json!({"slotId": slot, "serviceId": service})).await;
        assert_eq!(refused.brief(), "422 validation [\"/serviceId check\"]", "{change}");
        app.execute(
            "update visitnow.services set duration_minutes = 30, mode = 'video', is_active = true",
        )
        .await;
    }
    let made = pat.post(PATH, &json!({"slotId": slot, "serviceId": service})).await;
    made.ok(201);
    // Moved, too: to a slot that is too short for it.
    let short = format!(
        "visitnow.slots (provider_id, clinic_id, start_at, end_at, mode)
         select provider_id, clinic_id, start_at + interval '1 day', start_at + interval '1 day 20 minutes', mode
         from visitnow.slots where id = '{slot}'"
    );
    let short = inserted(&app, &short).await;
    let place = format!("{}/reschedule", made.header("location"));
    let refused = pat.post(&place, &json!({"slotId": short})).await;
    assert_eq!(refused.brief(), "422 validation [\"/slotId check\"]");
}

#[tokio::test]
async fn only_what_is_free_and_to_come_is_booked() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let other = patient(&app, "other").await;
    let (taken, blocked) = (slot(&dora, 48).await, slot(&dora, 50).await);
    let past = slot(&dora, -1).await;
    app.execute(&format!("update visitnow.slots set status = 'blocked' where id = '{blocked}'"))
        .await;
    book(&other, taken).await.ok(201);
    for slot in [taken, blocked, past] {
        assert_eq!(refusal(&book(&pat, slot).await), "this slot is not free");
    }
    let open = slot(&dora, 52).await;
    app.execute("update visitnow.providers set status = 'suspended'").await;
    assert_eq!(refusal(&book(&pat, open).await), "this provider takes no appointments at present");
    app.execute("update visitnow.providers set status = 'active'").await;
    book(&pat, open).await.ok(201);
}

#[tokio::test]
async fn nobody_is_at_two_visits_at_once() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let pat = patient(&app, "pat").await;
    let (kid, other) = (dependant(&pat).await, dependant(&pat).await);
    book(&pat, slot(&dora, 48).await).await.ok(201);
    let same = slot(&emil, 48).await;
    let words = "the person treated has another appointment at this time";
    assert_eq!(refusal(&book(&pat, same).await), words);
    let of = |who: Uuid, slot: Uuid| json!({"slotId": slot, "dependantId": who});
    pat.post(PATH, &of(kid, same).clone()).await.ok(201);
    let fred = practice(&app, "fred").await;
    // It begins before the others end.
    let start = in_hours(48).replace(":00:00+", ":20:00+");
    let third = slot_at(&fred, &start).await;
    assert_eq!(refusal(&pat.post(PATH, &of(kid, third)).await), words);
    pat.post(PATH, &of(other, third)).await.ok(201);
    assert_eq!(app.count("select count(*) from visitnow.slots where status = 'booked'").await, 3);
}

#[tokio::test]
async fn appointments_that_overlap_cannot_be_made_by_hand() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let insert = |practice: &Practice<'_>, patient: &Patient<'_>, status: &str, hour: u8| {
        format!(
            "insert into visitnow.appointments
               (patient_id, provider_id, scheduled_start, scheduled_end, channel, status)
             values ('{}', '{}', '2090-01-01T{hour:02}:00Z', '2090-01-01T{:02}:30Z', 'video', '{status}')",
            patient.id, practice.id, hour + 1
        )
    };
    app.execute(&insert(&dora, &pat, "confirmed", 9)).await;
    let mut conn = app.sql().await;
    for (sql, constraint) in [
        (insert(&dora, &other, "requested", 10), Some("appointments_provider_id_excl")),
        (insert(&emil, &pat, "in_progress", 8), Some("appointments_patient_id_excl")),
        (insert(&dora, &other, "cancelled", 10), None),
        (insert(&dora, &other, "requested", 11), None),
        (insert(&emil, &pat, "completed", 8), None),
    ] {
        let made = conn.execute(raw_sql(AssertSqlSafe(sql.clone()))).await;
        let refused = made.err().map(|error| {
            error.as_database_error().unwrap().constraint().unwrap_or_default().to_owned()
        });
        assert_eq!(refused.as_deref(), constraint, "{sql}");
    }
}

#[tokio::test]
async fn of_a_hundred_who_book_one_slot_at_once_exactly_one_gets_it() {
    let app = TestApp::new().await;
    let dora = practice(&app, "dora").await;
    let slot = slot(&dora, 48).await;
    let mut patients = Vec::new();
    for number in 0..100 {
        patients.push(patient(&app, &format!("patient{number}")).await);
    }
    let answers = join_all(patients.iter().map(|patient| book(patient, slot))).await;
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    let lost = answers.iter().filter(|answer| answer.status == 409).count();
    assert_eq!((won, lost), (1, 99), "{answers:?}");
    super::booking_storm::assert_never(&app).await;
    let told = "select count(*) from visitnow.notifications where channel = 'in_app'";
    assert_eq!(app.count(told).await, 2);
}

#[tokio::test]
async fn of_one_persons_parallel_bookings_at_the_same_time_exactly_one_is_made() {
    let app = TestApp::new().await;
    let pat = patient(&app, "pat").await;
    let mut slots = Vec::new();
    for number in 0..10 {
        let practice = practice(&app, &format!("doctor{number}")).await;
        slots.push(slot(&practice, 48).await);
    }
    let answers = join_all(slots.iter().map(|slot| book(&pat, *slot))).await;
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    let lost = answers.iter().filter(|answer| answer.status == 409).count();
    assert_eq!((won, lost), (1, 9), "{answers:?}");
    super::booking_storm::assert_never(&app).await;
}

#[tokio::test]
async fn one_persons_bookings_and_moves_take_turns() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let (slot, other) = (slot(&dora, 48).await, slot(&dora, 50).await);
    let place = book(&pat, other).await.header("location").to_owned();
    let mut conn = app.sql().await;
    let begin = "begin; select visitnow.take_turn(id) from visitnow.patients";
    for turn in 0..2 {
        conn.execute(raw_sql(begin)).await.unwrap();
        let asked = async {
            match turn {
                0 => book(&pat, slot).await.ok(201),
                _ => dora.post(&format!("{place}/confirm"), &json!({})).await.ok(200),
            }
        };
        let given = async {
            let waits = "select count(*) from pg_locks where locktype = 'advisory' and not granted
                and database = (select oid from pg_database where datname = current_database())";
            super::waitlist_offers::until(&app, waits).await;
            conn.execute(raw_sql("commit")).await.unwrap();
        };
        tokio::join!(asked, given);
    }
}

#[tokio::test]
async fn what_is_kept_for_a_key_has_nobodys_words_in_it() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let body = json!({"slotId": slot(&dora, 48).await, "reason": "secret cough"});
    let key = ("idempotency-key", "book-1");
    let first = pat.send(Method::POST, PATH, key, Some(&body)).await;
    let again = pat.send(Method::POST, PATH, key, Some(&body)).await;
    assert_holds(&first.ok(201), &json!({"reason": "secret cough"}));
    let mut kept = first.json();
    kept["reason"] = Value::Null;
    assert_eq!((again.ok(201), again.header("idempotency-replayed")), (kept, "true"));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.etag(), first.etag());
    let other = json!({"slotId": slot(&dora, 50).await});
    let reused = pat.send(Method::POST, PATH, key, Some(&other)).await;
    assert_eq!(reused.status, 422, "{reused:?}");
    // A move says what was said before, too.
    let cancel = format!("{}/cancel", first.header("location"));
    let body = json!({"reason": "secret flu"});
    let key = ("idempotency-key", "cancel-1");
    let first = pat.send(Method::POST, &cancel, key, Some(&body)).await.ok(200);
    let again = pat.send(Method::POST, &cancel, key, Some(&body)).await.ok(200);
    assert_eq!(
        (&first["timeline"][1]["note"], &again["timeline"][1]["note"]),
        (&json!("secret flu"), &Value::Null)
    );
    let words = "select count(*) from identity.idempotency_keys
        where convert_from(response_body, 'UTF8') like '%secret%'";
    assert_eq!(app.count(words).await, 0);
    assert_eq!(app.count("select count(*) from identity.idempotency_keys").await, 2);
    let logged = "select count(*) from audit.logs where payload::text like '%secret%'";
    assert_eq!(app.count(logged).await, 0);
}

#[tokio::test]
async fn parallel_repeats_under_one_key_book_once() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let body = json!({"slotId": slot(&dora, 48).await});
    let key = ("idempotency-key", "book-1");
    let repeats = (0..8).map(|_| pat.send(Method::POST, PATH, key, Some(&body)));
    let answers = join_all(repeats).await;
    assert!(answers.iter().any(|answer| answer.status == 201), "{answers:?}");
    assert!(answers.iter().all(|answer| [201, 409].contains(&answer.status)), "{answers:?}");
    assert_eq!(app.count("select count(*) from visitnow.appointments").await, 1);
    pat.send(Method::POST, PATH, key, Some(&body)).await.ok(201);
}

#[tokio::test]
async fn the_practice_sees_why_a_patient_came_until_ninety_days_after_the_visit() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let desk = staff(&dora, "desk", &["appointments:write"]).await;
    for (days, seen) in [(89, json!("A cough.")), (91, Value::Null)] {
        let visit = format!(
            "visitnow.appointments (patient_id, provider_id, scheduled_start, scheduled_end, channel, status, reason)
             select '{}', '{}', ended - interval '30 minutes', ended, 'video', 'completed', 'A cough.'
             from (select now() - interval '{days} days') as time (ended)",
            pat.id, dora.id
        );
        let place = format!("{PATH}/{}", inserted(&app, &visit).await);
        assert_eq!(pat.get(&place).await.ok(200)["reason"], "A cough.");
        let began = chrono::Utc::now() - chrono::Duration::minutes(days * 1440 + 30);
        let day = began.date_naive();
        for person in [&*dora, &desk] {
            assert_eq!(person.get(&place).await.ok(200)["reason"], seen, "{days}");
            let list = format!("/v1/visitnow/providers/{}/appointments?day={day}", dora.id);
            assert_eq!(person.get(&list).await.ok(200)["items"][0]["reason"], seen, "{days}");
        }
    }
}
