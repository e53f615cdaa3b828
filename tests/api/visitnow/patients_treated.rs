use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use super::{
    dependants, patients,
    people::{Patient, Practice, appointment, inserted, patient, practice, staff},
};
use crate::{
    faults::{Process, until},
    support::{Caller, TestApp, assert_holds},
};

/// A word that is in every text about anybody's health below.
const WORD: &str = "xylophone";

fn record() -> Value {
    json!({
        "fullName": "Ann Lee", "dateOfBirth": "1990-04-01", "gender": "female", "bloodGroup": "O-",
        "medicalHistory": {
            "conditions": [WORD], "surgeries": [WORD], "medications": [WORD], "familyHistory": [WORD], "notes": WORD,
        },
        "primaryLanguage": "en", "allergies": [WORD],
    })
}

fn place(patient: &Patient<'_>) -> String {
    format!("/v1/visitnow/patients/{}", patient.id)
}

/// An appointment that ended so many days and minutes ago.
async fn ended(practice: &Practice<'_>, patient: &Patient<'_>, status: &str, ago: &str) -> Uuid {
    let insert = format!(
        "visitnow.appointments (patient_id, provider_id, scheduled_start, scheduled_end, channel, status)
         values ('{}', '{}', now() - interval '{ago}' - interval '30 minutes', now() - interval '{ago}', 'video', '{status}')",
        patient.id, practice.id
    );
    inserted(practice.app, &insert).await
}

/// A dependant of the patient's, whom the practice treats or not.
async fn dependant(patient: &Patient<'_>, name: &str, practice: Option<&Practice<'_>>) -> String {
    let body = json!({"fullName": name, "relationship": "Child", "dateOfBirth": "2019-09-09", "notes": WORD});
    let id = patient.post(dependants::PATH, &body).await.id();
    if let Some(practice) = practice {
        let insert = format!(
            "visitnow.appointments (patient_id, dependant_id, provider_id, scheduled_start, scheduled_end, channel, status)
             values ('{}', '{id}', '{}', now() - interval '2 hours', now() - interval '1 hour', 'video', 'completed')",
            patient.id, practice.id
        );
        inserted(patient.app, &insert).await;
    }
    id
}

/// Who read what, as the log has it.
async fn reads(app: &TestApp) -> Vec<(Uuid, String, Uuid)> {
    let sql = "select actor_id, entity_type::text, entity_id from audit.logs where action = 'read' order by entity_type, entity_id";
    let rows = sqlx::query(sql).fetch_all(&mut app.sql().await).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

#[tokio::test]
async fn a_provider_reads_the_record_of_a_patient_and_the_log_says_so() {
    let app = TestApp::new().await;
    let (house, ann) = (practice(&app, "house").await, patient(&app, "ann").await);
    ann.put(patients::PATH, &record()).await.ok(200);
    appointment(&house, &ann, "confirmed", 24).await;
    let read = house.get(&place(&ann)).await;
    assert_holds(&read.ok(200), &record());
    assert_holds(&read.json(), &json!({"id": ann.id, "dependants": []}));
    assert_eq!(read.header("cache-control"), "no-store");
    let entry = (house.doctor.id, "visitnow.patients".to_owned(), ann.id);
    assert_eq!(reads(&app).await, std::slice::from_ref(&entry));
    let known = house.send(Method::GET, &place(&ann), ("if-none-match", read.etag()), None).await;
    assert_eq!((known.status, known.text.as_str()), (304, ""));
    assert_eq!(reads(&app).await, [entry.clone(), entry.clone()], "it was looked up, too");
    ann.get(patients::PATH).await.ok(200);
    ann.get(dependants::PATH).await.ok(200);
    assert_eq!(reads(&app).await.len(), 2, "one's own record is not logged as read");
    let log = app.admin().await.get("/v1/audit?entityType=visitnow.patients&limit=100").await;
    let items = log.ok(200)["items"].as_array().unwrap().clone();
    let logged: Vec<_> = items.iter().filter(|one| one["action"] == "read").collect();
    assert_eq!(logged.len(), 2);
    for one in logged {
        assert_holds(one, &json!({"actorId": house.doctor.id, "entityId": ann.id, "payload": {}}));
    }
    assert!(!log.text.contains(WORD));
    for hidden in ["O-", "female", "1990-04-01"] {
        assert!(!log.text.contains(hidden), "{hidden}");
    }
    let changed = items.iter().find(|one| one["action"] == "update").unwrap();
    assert!(changed["payload"]["changed"].to_string().contains("blood_group"));
    assert_eq!(changed["payload"]["values"], json!({}));
}

#[tokio::test]
async fn nobody_else_reads_a_record_and_nothing_is_logged() {
    let app = TestApp::new().await;
    let (house, ann, bob) =
        (practice(&app, "house").await, patient(&app, "ann").await, patient(&app, "bob").await);
    let (other, suspended) = (practice(&app, "other").await, practice(&app, "suspended").await);
    for practice in [&house, &suspended] {
        appointment(practice, &ann, "completed", -24).await;
    }
    appointment(&other, &bob, "completed", -24).await;
    let sql =
        format!("update visitnow.providers set status = 'suspended' where id = '{}'", suspended.id);
    app.execute(&sql).await;
    let all = ["appointments:write", "availability:write", "messages:write", "clinic:write"];
    let keeper = app.user_with_roles("keeper", &["visitnow:admin", "platform:admin"]).await;
    let nurse = staff(&house, "nurse", &all).await;
    let path = place(&ann);
    for user in [&nurse, &other.doctor, &suspended.doctor, &bob.user, &keeper, &ann.user] {
        assert_eq!(user.get(&path).await.brief(), "404 not-found", "{}", user.email);
        let known = user.send(Method::GET, &path, ("if-none-match", "*"), None).await;
        assert_eq!(known.brief(), "404 not-found", "{}", user.email);
    }
    assert_eq!(app.anonymous().get(&path).await.brief(), "401 unauthenticated");
    for id in [Uuid::now_v7().to_string(), "x".to_owned(), house.id.to_string()] {
        let nothing = house.get(&format!("/v1/visitnow/patients/{id}")).await;
        assert_eq!(nothing.brief(), "404 not-found");
    }
    assert_eq!(reads(&app).await, []);
    house.get(&path).await.ok(200);
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = house.send(method, &path, ("x", "y"), Some(&record())).await;
        assert_eq!(refused.brief(), "405 method-not-allowed");
    }
}

#[tokio::test]
async fn a_record_is_read_while_an_appointment_is_to_come_and_ninety_days_after_it() {
    let app = TestApp::new().await;
    let (house, ann) = (practice(&app, "house").await, patient(&app, "ann").await);
    let path = place(&ann);
    for (status, ago, wanted) in [
        ("completed", "89 days 23 hours 59 minutes", 200),
        ("completed", "90 days 1 minute", 404),
        ("completed", "91 days", 404),
        ("no_show", "89 days", 200),
        ("requested", "-30 days", 200),
        ("confirmed", "-1 hours", 200),
        ("checked_in", "1 minute", 200),
        ("in_progress", "0 minutes", 200),
        ("cancelled", "-1 hours", 404),
        ("cancelled", "1 day", 404),
    ] {
        let made = ended(&house, &ann, status, ago).await;
        let read = house.get(&path).await;
        assert_eq!(read.status, wanted, "{status} {ago} ago: {read:?}");
        let logged = reads(&app).await.len();
        assert_eq!(logged, usize::from(wanted == 200), "{status} {ago} ago");
        let clear = format!(
            "delete from visitnow.appointments where id = '{made}'; delete from audit.logs where action = 'read'"
        );
        app.execute(&clear).await;
    }
}

#[tokio::test]
async fn of_dependants_a_provider_reads_those_they_treat() {
    let app = TestApp::new().await;
    let (house, other) = (practice(&app, "house").await, practice(&app, "other").await);
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    let tim = dependant(&ann, "Tim", Some(&house)).await;
    dependant(&ann, "Theirs", Some(&other)).await;
    let untreated = dependant(&ann, "Untreated", None).await;
    dependant(&bob, "Bob's", Some(&other)).await;
    let read = house.get(&place(&ann)).await;
    let shown = json!([{
        "id": tim, "fullName": "Tim", "relationship": "Child", "dateOfBirth": "2019-09-09", "notes": WORD,
    }]);
    assert_eq!(read.ok(200)["dependants"], shown);
    let tims: Uuid = tim.parse().unwrap();
    let doctor = house.doctor.id;
    let both = [
        (doctor, "visitnow.dependants".to_owned(), tims),
        (doctor, "visitnow.patients".to_owned(), ann.id),
    ];
    assert_eq!(reads(&app).await, both, "who was not shown is not in the log");
    assert_eq!(house.get(&place(&bob)).await.brief(), "404 not-found");
    assert_eq!(reads(&app).await.len(), 2);

    // Whatever is shown differently is another version.
    let mut tags = vec![read.etag().to_owned()];
    ann.patch(&format!("{}/{untreated}", dependants::PATH), &json!({"notes": "x"})).await.ok(200);
    assert_eq!(house.get(&place(&ann)).await.etag(), tags[0], "what is not shown");
    ann.patch(&format!("{}/{tim}", dependants::PATH), &json!({"notes": "x"})).await.ok(200);
    tags.push(house.get(&place(&ann)).await.etag().to_owned());
    ann.patch(patients::PATH, &json!({"gender": "male"})).await.ok(200);
    tags.push(house.get(&place(&ann)).await.etag().to_owned());
    appointment(&house, &ann, "confirmed", 24).await;
    assert_eq!(ann.delete(&format!("{}/{tim}", dependants::PATH)).await.status, 204);
    let last = house.get(&place(&ann)).await;
    assert_eq!(last.ok(200)["dependants"], json!([]));
    tags.push(last.etag().to_owned());
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 4, "{tags:?}");
}

#[tokio::test]
async fn of_parallel_readings_each_is_logged() {
    let app = TestApp::new().await;
    let (house, ann) = (practice(&app, "house").await, patient(&app, "ann").await);
    dependant(&ann, "Tim", Some(&house)).await;
    let path = place(&ann);
    for one in join_all((0..8).map(|_| house.get(&path))).await {
        one.ok(200);
    }
    assert_eq!(reads(&app).await.len(), 16);
}

#[tokio::test]
async fn no_log_says_anything_of_anybodys_health() {
    let server = Process::talkative(&TestApp::database().await).await;
    let (house, ann) = (practice(&server.app, "house").await, patient(&server.app, "ann").await);
    ann.put(patients::PATH, &record()).await.ok(200);
    ann.patch(patients::PATH, &json!({"allergies": [WORD, WORD]})).await.ok(200);
    dependant(&ann, "Tim", Some(&house)).await;
    house.get(&place(&ann)).await.ok(200);
    refused(&ann).await;
    for (table, path) in [("patients", patients::PATH), ("dependants", dependants::PATH)] {
        let body = json!({"fullName": "x", "relationship": WORD, "notes": WORD});
        let unknown =
            "add column unknown text, add constraint odd check (unknown is not null) not valid";
        server.app.execute(&format!("alter table visitnow.{table} {unknown}")).await;
        let broken = match table {
            "patients" => ann.put(path, &record()).await,
            _ => ann.post(path, &body).await,
        };
        assert_eq!(broken.status, 422, "its detail would be the failing row: {broken:?}");
        server
            .app
            .execute(&format!("alter table visitnow.{table} rename column full_name to gone"))
            .await;
    }
    assert_eq!(ann.put(patients::PATH, &record()).await.brief(), "500 internal");
    assert_eq!(house.get(&place(&ann)).await.brief(), "500 internal");
    let requests =
        || server.log().lines().filter(|line| line.contains("/v1/visitnow/patients")).count();
    until("all is logged", async || requests() >= 13).await;
    let log = server.log();
    assert!(log.contains("internal error"), "failures are logged");
    let leaks: Vec<&str> = log.lines().filter(|line| line.contains(WORD)).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}

/// What is refused before it comes to the database.
async fn refused(ann: &Patient<'_>) {
    for (body, status) in [
        (json!({"fullName": "x", "medicalHistory": {"notes": [WORD]}}).to_string(), 422),
        (json!({"fullName": "x", "medicalHistory": {WORD: 1}}).to_string(), 422),
        (json!({"fullName": "x", "bloodGroup": WORD}).to_string(), 422),
        (json!({"fullName": "x", "allergies": [WORD.repeat(30)]}).to_string(), 422),
        (format!(r#"{{"fullName": "{WORD}"#), 400),
    ] {
        let refused = ann.raw(Method::PUT, patients::PATH, "application/json", body).await;
        assert_eq!(refused.status, status, "{refused:?}");
    }
}
