use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    appointments::{self, book, dependant, refusal, service},
    booking_storm::assert_never,
    people::{Patient, Practice, patient, practice, slot},
    waitlist::{PATH, join, wish},
};
use crate::support::{Caller, Response, TestApp, assert_holds};

/// A practice whose only slot a patient has booked, and people who wait for it, one after the other.
struct Queue<'a> {
    dora: Practice<'a>,
    slot: Uuid,
    holder: Patient<'a>,
    appointment: String,
    waiting: Vec<(Patient<'a>, String)>,
}

async fn queue(app: &TestApp, length: usize) -> Queue<'_> {
    let (dora, holder) = (practice(app, "dora").await, patient(app, "holder").await);
    let slot = slot(&dora, 48).await;
    let appointment = book(&holder, slot).await.header("location").to_owned();
    let mut waiting = Vec::new();
    for number in 0..length {
        let patient = patient(app, &format!("patient{number}")).await;
        let entry = join(&patient, &dora).await.header("location").to_owned();
        waiting.push((patient, entry));
    }
    Queue { dora, slot, holder, appointment, waiting }
}

impl Queue<'_> {
    async fn cancel(&self) {
        let path = format!("{}/cancel", self.appointment);
        self.holder.post(&path, &json!({"reason": "x"})).await.ok(200);
    }

    async fn entry(&self, place: usize) -> Value {
        let (patient, entry) = &self.waiting[place];
        patient.get(entry).await.ok(200)
    }

    async fn tell(&self, place: usize, verb: &str, body: Value) -> Response {
        let (patient, entry) = &self.waiting[place];
        patient.post(&format!("{entry}/{verb}"), &body).await
    }

    /// What has become of everybody.
    async fn statuses(&self) -> Vec<String> {
        let entries = (0..self.waiting.len()).map(|place| self.entry(place));
        let entries = join_all(entries).await;
        entries.iter().map(|entry| entry["status"].as_str().unwrap().to_owned()).collect()
    }
}

/// A quarter of an hour passes.
async fn time_passes(app: &TestApp) {
    app.execute(
        "set session_replication_role = replica;
         update visitnow.slots set held_until = held_until - interval '15 minutes' where status = 'held'",
    )
    .await;
}

/// Looks until something is so; a server looks about once a second.
pub async fn until(app: &TestApp, sql: &'static str) {
    let so = async {
        while app.count(sql).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), so).await.expect(sql);
}

#[tokio::test]
async fn a_slot_that_is_freed_is_offered_to_one_after_the_other() {
    let app = TestApp::new().await;
    let queue = queue(&app, 3).await;
    queue.cancel().await;
    assert_eq!(queue.statuses().await, ["offered", "waiting", "waiting"]);
    let offered = queue.entry(0).await;
    assert_eq!(offered["offeredSlotId"], json!(queue.slot));
    let held = "select count(*) from visitnow.slots
        where held_until between now() + interval '14 minutes' and now() + interval '15 minutes'";
    assert_eq!(app.count(held).await, 1);
    assert!(offered["heldUntil"].is_string());
    let told = "select count(*) from visitnow.notifications join visitnow.patients using (user_id)
        where template_key = 'waitlist.offered' and channel = 'in_app' and full_name = 'patient0'";
    assert_eq!(app.count(told).await, 1);
    // It is nobody else's.
    assert_eq!(refusal(&book(&queue.holder, queue.slot).await), "this slot is not free");
    assert_eq!(refusal(&book(&queue.waiting[1].0, queue.slot).await), "this slot is not free");
    let declined = queue.tell(0, "cancel", json!({})).await.ok(200);
    assert_holds(
        &declined,
        &json!({"status": "cancelled", "offeredSlotId": null, "heldUntil": null}),
    );
    assert_eq!(queue.statuses().await, ["cancelled", "offered", "waiting"]);
    assert_eq!(queue.entry(1).await["offeredSlotId"], json!(queue.slot));
    queue.tell(1, "cancel", json!({})).await.ok(200);
    queue.tell(2, "cancel", json!({})).await.ok(200);
    // Nobody is left: it is anybody's.
    book(&queue.holder, queue.slot).await.ok(201);
    assert_never(&app).await;
}

#[tokio::test]
async fn an_offer_that_is_accepted_is_an_appointment() {
    let app = TestApp::new().await;
    let queue = queue(&app, 2).await;
    let kid = dependant(&queue.waiting[0].0).await;
    let service = service(&queue.dora).await;
    queue.cancel().await;
    let body = json!({"dependantId": kid, "serviceId": service, "reason": "a cough"});
    let path = format!("{}/accept", queue.waiting[0].1);
    let key = ("idempotency-key", "accept-1");
    let patient = &queue.waiting[0].0;
    let made = patient.send(Method::POST, &path, key, Some(&body)).await;
    assert_holds(&made.ok(201), &body);
    assert_holds(
        &made.json(),
        &json!({
            "slotId": queue.slot, "status": "requested", "patientId": patient.id, "providerId": queue.dora.id,
        }),
    );
    assert_eq!(made.header("location"), format!("{}/{}", appointments::PATH, made.id()));
    assert_eq!(patient.get(made.header("location")).await.ok(200), made.json());
    let again = patient.send(Method::POST, &path, key, Some(&body)).await;
    assert_eq!(
        (again.ok(201)["id"].clone(), again.json()["reason"].clone()),
        (json!(made.id()), Value::Null)
    );
    assert_eq!(queue.statuses().await, ["booked", "waiting"]);
    let entry = queue.entry(0).await;
    assert_holds(&entry, &json!({"offeredSlotId": null, "heldUntil": null}));
    for verb in ["accept", "cancel"] {
        assert!(refusal(&queue.tell(0, verb, json!({})).await).ends_with("; allowed: none"));
    }
    assert_never(&app).await;
}

#[tokio::test]
async fn an_offer_is_accepted_by_booking_its_slot_too() {
    let app = TestApp::new().await;
    let queue = queue(&app, 1).await;
    queue.cancel().await;
    book(&queue.waiting[0].0, queue.slot).await.ok(201);
    assert_eq!(queue.statuses().await, ["booked"]);
    assert_never(&app).await;
}

#[tokio::test]
async fn what_cannot_be_booked_stays_offered() {
    let app = TestApp::new().await;
    let queue = queue(&app, 1).await;
    queue.cancel().await;
    let (patient, other) = (&queue.waiting[0].0, patient(&app, "other").await);
    let theirs = dependant(&other).await;
    for (body, brief) in [
        (json!({"dependantId": theirs}), "422 validation [\"/dependantId reference\"]"),
        (json!({"serviceId": Uuid::now_v7()}), "422 validation [\"/serviceId reference\"]"),
        (json!({"slotId": queue.slot}), "422 validation [\"/slotId unknown_field\"]"),
        (json!({"reason": "x".repeat(10_001)}), "422 validation [\"/reason length\"]"),
    ] {
        assert_eq!(queue.tell(0, "accept", body).await.brief(), brief);
    }
    let emil = practice(&app, "emil").await;
    let elsewhere = book(patient, slot(&emil, 48).await).await.header("location").to_owned();
    let words = "the person treated has another appointment at this time";
    assert_eq!(refusal(&queue.tell(0, "accept", json!({})).await), words);
    app.execute(&format!(
        "update visitnow.providers set status = 'suspended' where id = '{}'",
        queue.dora.id
    ))
    .await;
    let words = "this provider takes no appointments at present";
    assert_eq!(refusal(&queue.tell(0, "accept", json!({})).await), words);
    app.execute(&format!(
        "update visitnow.providers set status = 'active' where id = '{}'",
        queue.dora.id
    ))
    .await;
    assert_eq!(queue.statuses().await, ["offered"]);
    patient.post(&format!("{elsewhere}/cancel"), &json!({"reason": "x"})).await.ok(200);
    queue.tell(0, "accept", json!({})).await.ok(201);
    assert_never(&app).await;
}

#[tokio::test]
async fn an_offer_that_is_over_is_the_next_ones() {
    let app = TestApp::new().await;
    let queue = queue(&app, 2).await;
    queue.cancel().await;
    time_passes(&app).await;
    assert_eq!(refusal(&queue.tell(0, "accept", json!({})).await), "this slot is not free");
    assert_eq!(queue.statuses().await, ["offered", "waiting"]);
    {
        let _working = app.work();
        until(&app, "select count(*) from visitnow.waitlist where status = 'expired'").await;
    }
    assert_eq!(queue.statuses().await, ["expired", "offered"]);
    assert_eq!(queue.entry(1).await["offeredSlotId"], json!(queue.slot));
    let words = refusal(&queue.tell(0, "accept", json!({})).await);
    assert_eq!(words, "an entry cannot move from expired to booked; allowed: none");
    time_passes(&app).await;
    // Whoever comes meanwhile need not wait for a server to notice.
    book(&queue.holder, queue.slot).await.ok(201);
    assert_eq!(queue.statuses().await, ["expired", "expired"]);
    assert_never(&app).await;
}

#[tokio::test]
async fn who_waits_for_a_time_that_is_over_waits_no_longer() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let pat = patient(&app, "pat").await;
    let over = join(&pat, &dora).await;
    let waits = join(&pat, &emil).await;
    app.execute(&format!(
        "set session_replication_role = replica;
         update visitnow.waitlist set desired_range = tstzrange(now() - interval '2 hours', now() - interval '1 hour')
         where id = '{}'",
        over.id()
    ))
    .await;
    let _working = app.work();
    until(&app, "select count(*) from visitnow.waitlist where status = 'expired'").await;
    assert_eq!(pat.get(over.header("location")).await.ok(200)["status"], "expired");
    assert_eq!(pat.get(waits.header("location")).await.ok(200), waits.json());
}

#[tokio::test]
async fn only_what_fits_is_offered_and_to_whom_it_fits() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (holder, early) = (patient(&app, "holder").await, patient(&app, "early").await);
    let (late, fits) = (patient(&app, "late").await, patient(&app, "fits").await);
    let elsewhere = patient(&app, "elsewhere").await;
    let place = book(&holder, slot(&dora, 48).await).await.header("location").to_owned();
    // It ends a half hour after it begins: one waits until too soon, one from too late.
    early.post(PATH, &wish(&dora, [1, 48])).await.ok(201);
    late.post(PATH, &wish(&dora, [49, 60])).await.ok(201);
    join(&elsewhere, &emil).await.ok(201);
    fits.post(PATH, &wish(&dora, [48, 49])).await.ok(201);
    holder.post(&format!("{place}/cancel"), &json!({"reason": "x"})).await.ok(200);
    let offered = "select count(*) from visitnow.waitlist where status = 'offered'
        and patient_id = (select id from visitnow.patients where full_name = 'fits')";
    assert_eq!(app.count(offered).await, 1);
    assert_never(&app).await;
    assert_eq!(
        app.count("select count(*) from visitnow.waitlist where status = 'waiting'").await,
        3
    );
}

#[tokio::test]
async fn slots_freed_at_once_go_to_different_people() {
    let app = TestApp::new().await;
    let dora = practice(&app, "dora").await;
    let mut made = Vec::new();
    for number in 0..6 {
        let holder = patient(&app, &format!("holder{number}")).await;
        let place =
            book(&holder, slot(&dora, 48 + number).await).await.header("location").to_owned();
        made.push((holder, place));
    }
    for number in 0..4 {
        join(&patient(&app, &format!("waits{number}")).await, &dora).await.ok(201);
    }
    join_all(made.iter().map(async |(holder, place)| {
        holder.post(&format!("{place}/cancel"), &json!({"reason": "x"})).await.ok(200)
    }))
    .await;
    assert_eq!(app.count("select count(*) from visitnow.slots where status = 'held'").await, 4);
    assert_eq!(app.count("select count(*) from visitnow.slots where status = 'open'").await, 2);
    assert_never(&app).await;
}

#[tokio::test]
async fn of_two_answers_to_an_offer_at_once_exactly_one_counts() {
    let app = TestApp::new().await;
    for verbs in [["accept", "accept"], ["accept", "cancel"]] {
        app.execute("truncate visitnow.providers, visitnow.patients, visitnow.clinics, visitnow.services, visitnow.slots, visitnow.appointments, visitnow.waitlist, identity.users cascade").await;
        let queue = queue(&app, 2).await;
        queue.cancel().await;
        let tell = async |verb: &&str| queue.tell(0, verb, json!({})).await;
        let answers = join_all(verbs.repeat(4).iter().map(tell)).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status < 300).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        assert!(
            answers.iter().all(|answer| [200, 201, 409].contains(&answer.status)),
            "{answers:?}"
        );
        let accepted = won[0].status == 201;
        let next = if accepted { "waiting" } else { "offered" };
        assert_eq!(queue.statuses().await[1], next);
        assert_never(&app).await;
    }
}

#[tokio::test]
async fn who_erases_their_account_frees_what_they_had() {
    let app = TestApp::new().await;
    let queue = queue(&app, 3).await;
    let kept = format!("delete from identity.users where id = '{}'", queue.holder.user.id);
    app.execute(&kept).await;
    assert_eq!(queue.statuses().await, ["offered", "waiting", "waiting"]);
    let left = queue.dora.get(&queue.appointment).await.ok(200);
    assert_holds(&left, &json!({"status": "cancelled", "patientId": null, "reason": null}));
    assert_eq!(left["timeline"][1]["by"], "system");
    // Who was offered it goes, too.
    app.execute(&format!("delete from identity.users where id = '{}'", queue.waiting[0].0.user.id))
        .await;
    assert_eq!(queue.entry(1).await["status"], "offered");
    queue.tell(1, "accept", json!({})).await.ok(201);
    assert_never(&app).await;
    // With the provider everything goes; the patient keeps the fact.
    app.execute(&format!("delete from identity.users where id = '{}'", queue.dora.doctor.id)).await;
    let own = queue.waiting[1].0.get(appointments::PATH).await.ok(200);
    assert_holds(
        &own["items"][0],
        &json!({"status": "cancelled", "providerId": null, "slotId": null}),
    );
    let cancelled =
        "select count(*) from visitnow.notifications where template_key = 'appointment.cancelled'";
    assert!(app.count(cancelled).await > 0);
    assert_eq!(app.count("select count(*) from visitnow.waitlist").await, 0);
}
