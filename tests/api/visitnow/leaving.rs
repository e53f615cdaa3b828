//! What goes while it is asked for.

use futures_util::future::join_all;
use serde_json::json;
use sqlx::{AssertSqlSafe, Executor, raw_sql};
use uuid::Uuid;

use super::{
    appointments::{self, book, dependant, service},
    booking_storm::assert_never,
    people::{Patient, Practice, appointment, patient, practice, slot},
    waitlist::join,
};
use crate::support::{Caller, TestApp, assert_holds};

/// Two practices and six patients, each with an appointment at both, who wait for another.
struct Crowd<'a> {
    practices: [Practice<'a>; 2],
    services: [Uuid; 2],
    patients: Vec<(Patient<'a>, Uuid, String)>,
    free: Vec<Uuid>,
}

async fn crowd(app: &TestApp, round: usize) -> Crowd<'_> {
    let practices = [
        practice(app, &format!("dora{round}")).await,
        practice(app, &format!("emil{round}")).await,
    ];
    let services = [service(&practices[0]).await, service(&practices[1]).await];
    let (mut patients, mut free) = (Vec::new(), Vec::new());
    for number in 0..6 {
        let patient = patient(app, &format!("p{round}x{number}")).await;
        let kid = dependant(&patient).await;
        let mut place = String::new();
        for (side, practice) in practices.iter().enumerate() {
            let hours = 48 + 10 * i64::try_from(side).unwrap() + number;
            let body = json!({
                "slotId": slot(practice, hours).await, "dependantId": kid, "serviceId": services[side],
            });
            let made = patient.post(appointments::PATH, &body).await;
            made.header("location").clone_into(&mut place);
            appointment(practice, &patient, "completed", -50 - hours).await;
            free.push(slot(practice, 100 + hours).await);
        }
        patients.push((patient, kid, place));
    }
    for (patient, ..) in &patients {
        join(patient, &practices[0]).await.ok(201);
        join(patient, &practices[1]).await.ok(201);
    }
    Crowd { practices, services, patients, free }
}

/// By hand, as the server does it; refused is only what must be.
async fn run(app: &TestApp, sql: String) {
    let done = app.sql().await.execute(raw_sql(AssertSqlSafe(sql.clone()))).await;
    let code =
        done.err().map(|error| error.as_database_error().unwrap().code().unwrap().into_owned());
    assert!(code.is_none() || code.as_deref() == Some("TR409"), "{sql}: {code:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_and_whatever_goes_is_waited_for_by_nobody_in_a_circle() {
    let app = TestApp::new().await;
    for round in 0..6 {
        let crowd = crowd(&app, round).await;
        let [dora, emil] = &crowd.practices;
        let user = |person: Uuid| format!("delete from identity.users where id = '{person}'");
        let row = |table: &str, id: Uuid| format!("delete from visitnow.{table} where id = '{id}'");
        let suspend = |status: &str| {
            format!("update visitnow.providers set status = '{status}' where id = '{}'", emil.id)
        };
        let mut going = vec![
            user(crowd.patients[0].0.user.id),
            user(crowd.patients[1].0.user.id),
            row("dependants", crowd.patients[2].1),
            row("services", crowd.services[round % 2]),
            row("clinics", emil.clinic),
            format!("{}; {}", suspend("suspended"), suspend("active")),
            "select visitnow.expire_hold()".to_owned(),
        ];
        if round % 2 == 0 {
            going.push(user(dora.doctor.id));
        }
        let requests = crowd.patients.iter().enumerate().map(async |(number, (person, kid, place))| {
            let body = json!({
                "slotId": crowd.free[2 * number + 1], "dependantId": kid, "serviceId": crowd.services[1],
            });
            let (note, nothing) = (json!({"reason": "x"}), json!({}));
            let (confirm, cancel) = (format!("{place}/confirm"), format!("{place}/cancel"));
            let answers = tokio::join!(
                person.post(appointments::PATH, &body),
                book(person, crowd.free[2 * number]),
                emil.post(&confirm, &nothing),
                person.post(&cancel, &note),
            );
            for answer in <[_; 4]>::from(answers) {
                assert!([200, 201, 404, 409, 422].contains(&answer.status), "{answer:?}");
            }
        });
        let going = going.into_iter().map(|sql| run(&app, sql));
        tokio::join!(join_all(requests), join_all(going));
        assert_never(&app).await;
    }
}

#[tokio::test]
async fn what_is_left_of_an_appointment_names_nobody_who_left() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let other = patient(&app, "other").await;
    let kid = dependant(&pat).await;
    let body = json!({"slotId": slot(&dora, 48).await, "dependantId": kid, "reason": "secret"});
    let live = pat.post(appointments::PATH, &body).await.header("location").to_owned();
    let past =
        format!("{}/{}", appointments::PATH, appointment(&dora, &pat, "completed", -5).await);
    dora.put(&format!("{past}/notes"), &json!({"notes": "secret"})).await.ok(200);
    pat.post(&format!("{past}/rate"), &json!({"rating": 4})).await.ok(200);
    run(&app, format!("delete from visitnow.dependants where id = '{kid}'")).await;
    let left = pat.get(&live).await.ok(200);
    assert_holds(&left, &json!({"status": "cancelled", "dependantId": null, "reason": null}));
    let free = slot(&dora, 50).await;
    book(&other, free).await.ok(201);
    run(&app, format!("delete from identity.users where id = '{}'", pat.user.id)).await;
    let left = dora.get(&past).await.ok(200);
    assert_holds(&left, &json!({"status": "completed", "patientId": null, "rating": 4}));
    assert_eq!(left["timeline"].as_array().unwrap().len(), 1);
    assert_eq!(dora.get(&format!("{past}/notes")).await.brief(), "404 not-found");
    let words =
        "select count(*) from visitnow.appointments where reason is not null or notes is not null";
    assert_eq!(app.count(words).await, 0);
    let path = format!("/v1/visitnow/providers/{}/appointments", dora.id);
    assert_eq!(dora.all(&path, 1).await.len(), 3);
    assert_never(&app).await;
}

#[tokio::test]
async fn who_leaves_by_themselves_is_written_down_as_who_cancelled() {
    let app = TestApp::new().await;
    let dora = practice(&app, "dora").await;
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let first = book(&pat, slot(&dora, 48).await).await.header("location").to_owned();
    let second = book(&other, slot(&dora, 50).await).await.header("location").to_owned();
    let leave = |user: Uuid| {
        format!(
            "select set_config('trellis.actor', '{user}', false); delete from identity.users where id = '{user}'"
        )
    };
    app.execute("delete from visitnow.notifications").await;
    run(&app, leave(pat.user.id)).await;
    let left = dora.get(&first).await.ok(200);
    assert_holds(&left["timeline"][1], &json!({"by": "patient", "to": "cancelled"}));
    run(&app, leave(dora.doctor.id)).await;
    let left = other.get(&second).await.ok(200);
    assert_holds(&left["timeline"][1], &json!({"by": "provider", "to": "cancelled"}));
    assert_holds(&left, &json!({"providerId": null, "clinicId": null, "slotId": null}));
    let told = "select count(*) from visitnow.notifications
        where template_key = 'appointment.cancelled' and channel = 'in_app' and meta ->> 'providerName' = 'dora'";
    assert_eq!(app.count(told).await, 1);
}

#[tokio::test]
async fn a_clinic_or_a_slot_with_a_visit_to_come_stays() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let made = book(&pat, slot(&dora, 48).await).await.header("location").to_owned();
    for what in ["clinics", "slots"] {
        run(&app, format!("delete from visitnow.{what}")).await;
        assert_eq!(
            app.count("select count(*) from visitnow.slots where status = 'booked'").await,
            1
        );
    }
    pat.post(&format!("{made}/cancel"), &json!({"reason": "x"})).await.ok(200);
    run(&app, "delete from visitnow.clinics".to_owned()).await;
    let left = pat.get(&made).await.ok(200);
    assert_holds(&left, &json!({"clinicId": null, "slotId": null, "status": "cancelled"}));
    assert_eq!(left["timeline"].as_array().unwrap().len(), 2);
    assert_eq!(app.count("select count(*) from visitnow.slots").await, 0);
}
