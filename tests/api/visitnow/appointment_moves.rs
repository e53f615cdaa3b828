use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    appointments::{PATH, book, refusal},
    booking_storm::assert_never,
    people::{Patient, Practice, appointment, in_hours, inserted, patient, practice, slot, staff},
};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

/// When appointments of half an hour begin, from now.
const TIMES: [&str; 4] = ["2 days", "30 minutes", "-10 minutes", "-1 hour"];

/// Moves that a status allows to the patient and the practice, at each of the [`TIMES`], or at the first where all are alike.
type Moves = &'static [[&'static str; 2]];

const TABLE: &[(&str, Moves)] = &[
    (
        "requested",
        &[
            ["cancelled", "confirmed, cancelled"],
            ["cancelled", "confirmed, cancelled"],
            ["none", "confirmed, cancelled, no_show"],
            ["none", "cancelled, no_show"],
        ],
    ),
    (
        "confirmed",
        &[
            ["cancelled", "cancelled"],
            ["checked_in, cancelled", "checked_in, cancelled"],
            ["checked_in", "checked_in, cancelled, no_show"],
            ["checked_in", "checked_in, cancelled, no_show"],
        ],
    ),
    (
        "checked_in",
        &[
            ["cancelled", "cancelled"],
            ["cancelled", "in_progress, cancelled"],
            ["none", "in_progress, cancelled, no_show"],
            ["none", "in_progress, cancelled, no_show"],
        ],
    ),
    ("in_progress", &[["none", "completed"]]),
    ("completed", &[["none"; 2]]),
    ("cancelled", &[["none"; 2]]),
    ("no_show", &[["none"; 2]]),
];

const VERBS: &[(&str, &str)] = &[
    ("confirm", "confirmed"),
    ("check-in", "checked_in"),
    ("start", "in_progress"),
    ("complete", "completed"),
    ("cancel", "cancelled"),
    ("no-show", "no_show"),
];

fn said(verb: &str) -> Value {
    if verb == "cancel" { json!({"reason": "ill"}) } else { json!({"note": "ill"}) }
}

async fn make(person: &User<'_>, place: &str, verb: &str) -> Response {
    person.post(&format!("{place}/{verb}"), &said(verb)).await
}

/// The only appointment there is.
async fn given(practice: &Practice<'_>, patient: &Patient<'_>, status: &str, hours: i64) -> String {
    practice.app.execute("delete from visitnow.appointments").await;
    format!("{PATH}/{}", appointment(practice, patient, status, hours).await)
}

/// The only appointment there is, which begins so long from now.
async fn begins(who: (&Practice<'_>, &Patient<'_>), status: &str, time: &str) -> String {
    let (practice, patient) = who;
    practice.app.execute("delete from visitnow.appointments").await;
    let insert = format!(
        "visitnow.appointments (patient_id, provider_id, clinic_id, scheduled_start, scheduled_end, channel, status)
         select '{}', '{}', '{}', start, start + interval '30 minutes', 'video', '{status}'
         from (select now() + interval '{time}') as time (start)",
        patient.id, practice.id, practice.clinic
    );
    format!("{PATH}/{}", inserted(practice.app, &insert).await)
}

#[tokio::test]
async fn every_status_allows_its_moves_to_either_side() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    for (status, moves) in TABLE {
        for (time, allowed) in TIMES.iter().zip(*moves) {
            for (person, side, by) in
                [(&*pat, 0, "patient"), (&*dora, 1, "provider"), (&member, 1, "staff")]
            {
                for (verb, to) in VERBS {
                    let place = begins((&dora, &pat), status, time).await;
                    let made = make(person, &place, verb).await;
                    let label = format!("{status}, {time}, {by}: {verb}");
                    check(&made, (status, to, by), allowed[side], &label);
                    let kept = person.get(&place).await.ok(200);
                    let moved = usize::from(made.status == 200);
                    assert_eq!(kept["timeline"].as_array().unwrap().len(), 1 + moved, "{label}");
                }
            }
        }
    }
}

/// A move is made if it is allowed, and refused with those that are if not.
fn check(made: &Response, (from, to, by): (&str, &str, &str), allowed: &str, label: &str) {
    if allowed.split(", ").any(|one| one == to) {
        assert_eq!(made.status, 200, "{label}: {made:?}");
        assert_eq!(made.json()["status"], to, "{label}");
        let entry = json!({"by": by, "from": from, "to": to, "note": "ill"});
        assert_holds(&made.json()["timeline"][1], &entry);
    } else {
        let words = format!("an appointment cannot move from {from} to {to}; allowed: {allowed}");
        assert_eq!(refusal(made), words, "{label}");
    }
}

#[tokio::test]
async fn a_suspended_provider_closes_what_is_open_and_begins_nothing() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    app.execute("update visitnow.providers set status = 'suspended'").await;
    for (status, verb, made) in [
        ("requested", "confirm", 409),
        ("checked_in", "start", 409),
        ("in_progress", "complete", 200),
        ("confirmed", "no-show", 200),
        ("requested", "cancel", 200),
    ] {
        let place = begins((&dora, &pat), status, "-10 minutes").await;
        assert_eq!(make(&dora, &place, verb).await.status, made, "{status} {verb}");
    }
}

#[tokio::test]
async fn what_is_over_is_not_moved_so_that_nobody_treats_a_patient_anew_by_themselves() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let place = begins((&dora, &pat), "confirmed", "-200 days").await;
    let to = slot(&dora, 48).await;
    let moved = dora.post(&format!("{place}/reschedule"), &json!({"slotId": to})).await;
    assert_eq!(refusal(&moved), "an appointment that is over is not moved; make another");
    let record = format!("/v1/visitnow/patients/{}", pat.id);
    assert_eq!(dora.get(&record).await.brief(), "404 not-found");
}

#[tokio::test]
async fn nobody_else_moves_an_appointment() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let others = ["availability:write", "messages:write", "clinic:write"];
    let without = staff(&dora, "without", &others).await;
    let elsewhere = staff(&emil, "elsewhere", &["appointments:write"]).await;
    let admin = app.user_with_roles("admin", &["visitnow:admin"]).await;
    let to = slot(&dora, 48).await;
    for (status, _) in TABLE {
        let place = given(&dora, &pat, status, -1).await;
        let before = pat.get(&place).await.ok(200);
        for person in [&*emil, &*other, &without, &elsewhere, &admin] {
            for (verb, _) in VERBS {
                let refused = make(person, &place, verb).await;
                assert_eq!(refused.brief(), "404 not-found", "{status} {verb} {}", person.email);
            }
            for (verb, body) in
                [("reschedule", json!({"slotId": to})), ("rate", json!({"rating": 1}))]
            {
                let refused = person.post(&format!("{place}/{verb}"), &body).await;
                assert_eq!(refused.brief(), "404 not-found", "{status} {verb} {}", person.email);
            }
        }
        let nobody = app.anonymous().post(&format!("{place}/confirm"), &json!({})).await;
        assert_eq!(nobody.status, 401);
        assert_eq!(pat.get(&place).await.ok(200), before, "{status}");
    }
    let nowhere = format!("{PATH}/{}", Uuid::now_v7());
    assert_eq!(make(&dora, &nowhere, "confirm").await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_time_is_moved_until_the_visit_comes_to_something() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    let to = slot(&dora, 48).await;
    for (status, _) in TABLE {
        for person in [&*pat, &*dora, &member] {
            for time in ["1 day", "-10 minutes"] {
                let place = begins((&dora, &pat), status, time).await;
                let body = json!({"slotId": to, "note": "later?"});
                let moved = person.post(&format!("{place}/reschedule"), &body).await;
                let label = format!("{status}, {time}, {}", person.email);
                let open = ["requested", "confirmed"].contains(status);
                if open && (time == "1 day" || person.id != pat.user.id) {
                    let row = moved.ok(200);
                    let start = in_hours(48).replace("+00:00", "Z");
                    assert_holds(
                        &row,
                        &json!({"slotId": to, "scheduledStart": start, "status": status}),
                    );
                    let note = row["timeline"][1]["note"].as_str().unwrap();
                    assert!(
                        note.starts_with("moved from 20") && note.ends_with(": later?"),
                        "{note}"
                    );
                } else if open {
                    let words = "an appointment that has begun is moved by the practice alone";
                    assert_eq!(refusal(&moved), words, "{label}");
                } else {
                    let words =
                        format!("an appointment that is {} is not moved", status.replace('_', " "));
                    assert_eq!(refusal(&moved), words, "{label}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_patient_rates_what_is_completed() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    let rate = async |person: &User<'_>, place: &str, rating: i32| {
        person.post(&format!("{place}/rate"), &json!({"rating": rating})).await
    };
    for (status, _) in TABLE {
        let place = given(&dora, &pat, status, -1).await;
        assert_eq!(rate(&dora, &place, 5).await.brief(), "403 forbidden", "{status}");
        assert_eq!(rate(&member, &place, 5).await.brief(), "403 forbidden", "{status}");
        let rated = rate(&pat, &place, 4).await;
        if *status == "completed" {
            assert_eq!(rated.ok(200)["rating"], 4);
            assert_eq!(rated.json()["timeline"].as_array().unwrap().len(), 1);
        } else {
            let status = status.replace('_', " ");
            let words =
                format!("an appointment is rated once it is completed; this one is {status}");
            assert_eq!(refusal(&rated), words);
        }
    }
    let place = given(&dora, &pat, "completed", -1).await;
    for rating in [json!(0), json!(6), json!(null), json!(2.5), json!("5")] {
        let refused = pat.post(&format!("{place}/rate"), &json!({"rating": rating})).await;
        assert_eq!(refused.status, 422, "{rating}");
    }
    join_all((0..10).map(|turn| rate(&pat, &place, turn % 5 + 1))).await;
    rate(&pat, &place, 2).await.ok(200);
    let counted =
        "select count(*) from visitnow.providers where rating_count = 1 and rating_total = 2";
    assert_eq!(app.count(counted).await, 1);
}

#[tokio::test]
async fn moves_refuse_bodies_that_are_none_of_theirs() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let pat = patient(&app, "pat").await;
    let made = book(&pat, slot(&dora, 48).await).await;
    let place = made.header("location");
    let elsewhere = slot(&emil, 50).await;
    for (verb, body, fault) in [
        ("cancel", json!({}), "/reason required"),
        ("cancel", json!({"reason": ""}), "/reason length"),
        ("cancel", json!({"reason": "x".repeat(1001)}), "/reason length"),
        ("cancel", json!({"note": "x"}), "/note unknown_field"),
        ("confirm", json!({"note": "x".repeat(1001)}), "/note length"),
        ("confirm", json!({"note": "\0"}), "/note nul"),
        ("start", json!({"status": "completed"}), "/status unknown_field"),
        ("reschedule", json!({}), "/slotId required"),
        ("reschedule", json!({"slotId": Uuid::now_v7()}), "/slotId reference"),
        ("reschedule", json!({"slotId": elsewhere}), "/slotId reference"),
    ] {
        let refused = pat.post(&format!("{place}/{verb}"), &body).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([fault])), "{verb} {body}");
    }
    assert_eq!(pat.get(place).await.ok(200), made.json());
    // Nothing need be said at all.
    let confirm = format!("{place}/confirm");
    let confirmed = Response::of(dora.request(Method::POST, &confirm)).await.ok(200);
    assert_eq!(confirmed["timeline"][1]["note"], Value::Null);
}

#[tokio::test]
async fn a_moved_appointment_frees_its_slot_and_tells_the_other_side() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let (from, to) = (slot(&dora, 48).await, slot(&dora, 50).await);
    let made = book(&pat, from).await;
    let place = made.header("location");
    app.execute("delete from visitnow.notifications").await;
    pat.post(&format!("{place}/reschedule"), &json!({"slotId": to})).await.ok(200);
    let again = pat.post(&format!("{place}/reschedule"), &json!({"slotId": to})).await;
    assert_eq!(refusal(&again), "the appointment is at this time already");
    let told = "select count(*) from visitnow.notifications
        where user_id = (select user_id from visitnow.providers) and channel = 'in_app'
          and template_key = 'appointment.rescheduled'";
    assert_eq!(app.count(told).await, 1);
    let others = "select count(*) from visitnow.notifications where user_id <> (select user_id from visitnow.providers)";
    assert_eq!(app.count(others).await, 0);
    let other = patient(&app, "other").await;
    book(&other, from).await.ok(201);
    assert_eq!(
        refusal(&pat.post(&format!("{place}/reschedule"), &json!({"slotId": from})).await),
        "this slot is not free"
    );
    assert_never(&app).await;
}

#[tokio::test]
async fn of_two_who_move_to_one_slot_exactly_one_gets_it() {
    let app = TestApp::new().await;
    let dora = practice(&app, "dora").await;
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    for round in 0..5 {
        let hours = 48 + 10 * round;
        let to = slot(&dora, hours + 4).await;
        let (mut places, people) = (Vec::new(), [&pat, &other]);
        for (person, hours) in people.iter().zip([hours, hours + 2]) {
            places.push(book(person, slot(&dora, hours).await).await.header("location").to_owned());
        }
        let moves = people.iter().zip(&places).map(async |(person, place)| {
            person.post(&format!("{place}/reschedule"), &json!({"slotId": to})).await.status
        });
        let mut statuses = join_all(moves).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        // One's slot for the other's is no move: neither is free.
    }
    assert_eq!(app.count("select count(*) from visitnow.slots where status = 'open'").await, 5);
    assert_never(&app).await;
}

#[tokio::test]
async fn of_opposite_moves_at_once_exactly_one_wins() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    for round in 0..5 {
        let place = given(&dora, &pat, "requested", -1 - round).await;
        let verbs = ["no-show", "cancel"].repeat(5);
        let answers =
            join_all(verbs.iter().map(async |verb| make(&dora, &place, verb).await)).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 9, "{answers:?}");
        assert_eq!(pat.get(&place).await.ok(200), won[0].json());
    }
}

#[tokio::test]
async fn who_moves_an_appointment_without_end_still_cancels_it() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let slots = [slot(&dora, 48).await, slot(&dora, 50).await];
    let made = book(&pat, slots[0]).await;
    let place = made.header("location");
    for turn in 1..100 {
        let body = json!({"slotId": slots[turn % 2], "note": "\u{1f600}".repeat(1000)});
        pat.post(&format!("{place}/reschedule"), &body).await.ok(200);
    }
    let refused = pat.post(&format!("{place}/reschedule"), &json!({"slotId": slots[0]})).await;
    assert!(refusal(&refused).starts_with("this appointment was moved so often"), "{refused:?}");
    make(&pat, place, "cancel").await.ok(200);
    assert_never(&app).await;
}
