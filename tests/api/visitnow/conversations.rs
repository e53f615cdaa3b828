mod reading;

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use super::people::{Patient, Practice, appointment, patient, practice, staff};
use crate::{
    openapi::Operation,
    support::{Caller, TestApp, User, assert_holds},
};

pub const PATH: &str = "/v1/visitnow/conversations";

const PERMISSIONS: [&str; 4] =
    ["appointments:write", "availability:write", "messages:write", "clinic:write"];

/// A word that is in everything that is written below.
const WORD: &str = "xylophone";

/// What a patient begins a conversation with.
pub fn letter(provider: Uuid) -> Value {
    json!({"providerId": provider, "subject": "After the visit", "message": "May I swim?"})
}

/// A conversation that a patient began; where it is found.
pub async fn begun(patient: &Patient<'_>, practice: &Practice<'_>) -> String {
    let begun = patient.post(PATH, &letter(practice.id)).await;
    begun.ok(201);
    begun.header("location").to_owned()
}

/// A practice with staff: one with exactly the permission, one with the three others, one of another practice with all.
pub struct House<'a> {
    pub mia: Practice<'a>,
    pub scribe: User<'a>,
    pub others: [User<'a>; 2],
    pub rival: Practice<'a>,
}

pub async fn house(app: &TestApp) -> House<'_> {
    let (mia, rival) = (practice(app, "mia").await, practice(app, "rival").await);
    let scribe = staff(&mia, "scribe", &["messages:write"]).await;
    let rest: Vec<_> = PERMISSIONS.into_iter().filter(|one| *one != "messages:write").collect();
    let others = [staff(&mia, "clerk", &rest).await, staff(&rival, "spy", &PERMISSIONS).await];
    House { mia, scribe, others, rival }
}

/// The path of an operation on a new conversation of the owner's as a patient, or on a practice of theirs; none: it is about
/// another thing.
pub async fn place(operation: &Operation, owner: &User<'_>) -> Option<String> {
    let (collection, rest) = operation.path.split_once("/{id}")?;
    let name = Uuid::now_v7().to_string();
    if collection != PATH {
        return None;
    }
    let place = owner.post(PATH, &letter(practice(owner.app, &name).await.id)).await;
    let rest = match rest.strip_suffix("{itemId}") {
        Some(below) => {
            let messages = format!("{}{below}", place.header("location"));
            let messages = messages.trim_end_matches('/');
            return Some(
                owner.post(messages, &json!({"content": "x"})).await.header("location").to_owned(),
            );
        }
        None => rest,
    };
    Some(format!("{}{rest}", place.header("location")))
}

#[tokio::test]
async fn a_patient_begins_a_conversation_with_its_first_message() {
    let app = TestApp::new().await;
    let House { mia, scribe, .. } = house(&app).await;
    let ann = patient(&app, "ann").await;
    let begun = ann.post(PATH, &letter(mia.id)).await;
    let expected = json!({
        "providerId": mia.id, "providerName": "mia", "patientId": ann.id, "patientName": "ann",
        "subject": "After the visit", "unreadCountProvider": 1, "unreadCountPatient": 0,
    });
    assert_holds(&begun.ok(201), &expected);
    let place = begun.header("location");
    assert_eq!(place, format!("{PATH}/{}", begun.id()));
    for reader in [&ann.user, &mia.doctor, &scribe] {
        let read = reader.get(place).await;
        assert_eq!((read.ok(200), read.etag()), (begun.json(), begun.etag()), "{}", reader.email);
        assert_eq!(read.header("cache-control"), "no-store");
        let messages = reader.get(&format!("{place}/messages")).await.ok(200);
        assert_eq!(messages["items"].as_array().unwrap().len(), 1);
        let first = json!({"senderId": ann.user.id, "fromPatient": true, "content": "May I swim?", "readAt": null});
        assert_holds(&messages["items"][0], &first);
    }
    let known = ann.send(Method::GET, place, ("if-none-match", begun.etag()), None).await;
    assert_eq!(known.status, 304);
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = ann.send(method, place, ("x", "y"), Some(&json!({"subject": "x"}))).await;
        assert_eq!(refused.brief(), "405 method-not-allowed");
    }
    let nobody = "select count(*) from audit.logs where actor_id is null
        and entity_type in ('visitnow.conversations', 'visitnow.messages') and created_at > now() - interval '1 minute'";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn a_patient_writes_to_active_providers_alone() {
    let app = TestApp::new().await;
    let mia = practice(&app, "mia").await;
    let ann = patient(&app, "ann").await;
    let refused = r#"422 validation ["/providerId check"]"#;
    assert_eq!(ann.post(PATH, &letter(Uuid::now_v7())).await.brief(), refused);
    for (status, expected) in [("suspended", 422), ("active", 201)] {
        app.execute(&format!("update visitnow.providers set status = '{status}'")).await;
        assert_eq!(ann.post(PATH, &letter(mia.id)).await.status, expected, "{status}");
    }
    let mut own = letter(mia.id);
    own["patientId"] = json!(ann.id);
    assert_holds(&ann.post(PATH, &own).await.ok(201), &json!({"unreadCountProvider": 1}));
    let bob = patient(&app, "bob").await;
    own["patientId"] = json!(bob.id);
    assert_eq!(ann.post(PATH, &own).await.brief(), "403 forbidden", "in another's name");
    // A doctor who is a patient, too, is not their own.
    let sql = format!(
        "insert into visitnow.patients (user_id, full_name) values ('{}', 'mia')",
        mia.doctor.id
    );
    app.execute(&format!(
        "insert into identity.role_grants (user_id, domain, role_code)
        values ('{}', 'visitnow', 'patient'); {sql}",
        mia.doctor.id
    ))
    .await;
    assert_eq!(mia.post(PATH, &letter(mia.id)).await.brief(), refused);
    let nobody = app.user("nobody").await;
    assert_eq!(nobody.post(PATH, &letter(mia.id)).await.brief(), "403 forbidden", "no record");
    let unknown = nobody.post(PATH, &letter(Uuid::now_v7())).await;
    assert_eq!(unknown.brief(), "403 forbidden", "who exists is not told");
}

#[tokio::test]
async fn a_practice_writes_to_its_patients_alone() {
    let app = TestApp::new().await;
    let House { mia, scribe, others, rival } = house(&app).await;
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    let to = |whom: Option<Uuid>| {
        let mut input = letter(mia.id);
        input["patientId"] = json!(whom);
        input
    };
    let stranger = r#"422 validation ["/patientId check"]"#;
    for whom in [ann.id, Uuid::now_v7()] {
        assert_eq!(mia.post(PATH, &to(Some(whom))).await.brief(), stranger);
    }
    let visit = appointment(&mia, &ann, "cancelled", -9000).await;
    assert_eq!(scribe.post(PATH, &to(Some(ann.id))).await.brief(), stranger, "it was cancelled");
    for status in ["requested", "confirmed", "checked_in", "in_progress", "completed", "no_show"] {
        app.execute(&format!(
            "set session_replication_role = replica;
             update visitnow.appointments set status = '{status}' where id = '{visit}'"
        ))
        .await;
        for writer in [&mia.doctor, &scribe] {
            let begun = writer.post(PATH, &to(Some(ann.id))).await.ok(201);
            assert_holds(&begun, &json!({"unreadCountProvider": 0, "unreadCountPatient": 1}));
            assert_eq!(writer.post(PATH, &to(Some(bob.id))).await.brief(), stranger);
        }
    }
    let missing = r#"422 validation ["/patientId required"]"#;
    assert_eq!(scribe.post(PATH, &to(None)).await.brief(), missing);
    for other in others.iter().chain([&rival.doctor, &bob.user]) {
        let refused = other.post(PATH, &to(Some(ann.id))).await;
        assert_eq!(refused.brief(), "403 forbidden", "{}", other.email);
    }
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", scribe.id)).await;
    assert_eq!(
        scribe.post(PATH, &to(Some(ann.id))).await.brief(),
        "403 forbidden",
        "no longer staff"
    );
}

#[tokio::test]
async fn patient_and_practice_find_a_conversation_and_nobody_else() {
    let app = TestApp::new().await;
    let House { mia, scribe, others, rival } = house(&app).await;
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    let admin = app.user_with_roles("keeper", &["visitnow:admin", "platform:admin"]).await;
    let place = begun(&ann, &mia).await;
    let messages = format!("{place}/messages");
    let message = ann.post(&messages, &json!({"content": "x"})).await.header("location").to_owned();
    let elsewhere = begun(&ann, &rival).await;
    let list = format!("/v1/visitnow/providers/{}/conversations", mia.id);
    for (user, patient, works) in [
        (&ann.user, true, false),
        (&mia.doctor, false, true),
        (&scribe, false, true),
        (&others[0], false, false),
        (&others[1], false, false),
        (&rival.doctor, false, false),
        (&bob.user, false, false),
        (&admin, false, false),
    ] {
        let who = &user.email;
        let found = if patient || works { 200 } else { 404 };
        for path in [&place, &messages, &message] {
            assert_eq!(user.get(path).await.status, found, "{who} {path}");
        }
        assert_eq!(user.post(&format!("{place}/read"), &json!({})).await.status, found, "{who}");
        let sent = user.post(&messages, &json!({"content": "y"})).await.status;
        assert_eq!(sent, if found == 200 { 201 } else { 404 }, "{who}");
        assert_eq!(user.get(&list).await.status, if works { 200 } else { 404 }, "{who}");
        let own = user.get(PATH).await.ok(200)["items"].as_array().unwrap().len();
        assert_eq!(own, if patient { 2 } else { 0 }, "{who}");
    }
    let strayed = message.replace(&place, &elsewhere);
    assert_eq!(ann.get(&strayed).await.brief(), "404 not-found", "of another conversation");
    let nowhere = format!("{PATH}/{}", Uuid::now_v7());
    for path in [nowhere.clone(), format!("{nowhere}/messages")] {
        assert_eq!(ann.get(&path).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn what_is_written_is_kept_in_its_place_and_nowhere_else() {
    let app = TestApp::new().await;
    let mia = practice(&app, "mia").await;
    let ann = patient(&app, "ann").await;
    let letter = json!({"providerId": mia.id, "subject": WORD, "message": WORD});
    let key = ("idempotency-key", "key");
    for _ in 0..2 {
        let begun = ann.send(Method::POST, PATH, key, Some(&letter)).await;
        begun.ok(201);
        assert_eq!(begun.header("idempotency-replayed"), "");
        let messages = format!("{}/messages", begun.header("location"));
        ann.send(Method::POST, &messages, key, Some(&json!({"content": WORD}))).await.ok(201);
    }
    assert_eq!(app.count("select count(*) from identity.idempotency_keys").await, 0);
    assert_eq!(app.count("select count(*) from visitnow.conversations").await, 2);
    let found = "select schemaname || '.' || tablename
        from pg_tables
        where schemaname !~ '^(pg_|information_schema)'
          and (xpath('/row/c/text()', query_to_xml(format(
            'select count(*) as c from %I.%I as own where own::text ilike %L or own::text like %L',
            schemaname, tablename, '%' || $1 || '%', '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'
          ), false, true, '')))[1]::text <> '0'
        order by 1";
    let rows = sqlx::query(found).bind(WORD).fetch_all(&mut app.sql().await).await.unwrap();
    let tables: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(tables, ["visitnow.conversations", "visitnow.messages"]);
    let read =
        format!("{PATH}/{}/read", ann.get(PATH).await.ok(200)["items"][0]["id"].as_str().unwrap());
    let first = mia.send(Method::POST, &read, key, Some(&json!({}))).await;
    assert_eq!(first.ok(200), json!({"read": 2}));
    let again = mia.send(Method::POST, &read, key, Some(&json!({}))).await;
    assert_eq!((again.ok(200), again.header("idempotency-replayed")), (json!({"read": 2}), "true"));
}

#[tokio::test]
async fn bad_beginnings_are_refused() {
    let app = TestApp::new().await;
    let mia = practice(&app, "mia").await;
    let ann = patient(&app, "ann").await;
    for (field, value, fault) in [
        ("message", json!(""), "/message length"),
        ("message", json!("é".repeat(10_001)), "/message length"),
        ("message", json!(null), "/message type"),
        ("message", json!("a\0"), "/message nul"),
        ("subject", json!(""), "/subject length"),
        ("subject", json!("x".repeat(201)), "/subject length"),
        ("providerId", json!("x"), "/providerId type"),
        ("patientId", json!(1), "/patientId type"),
        ("unreadCountProvider", json!(0), "/unreadCountProvider unknown_field"),
    ] {
        let mut body = letter(mia.id);
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(ann.post(PATH, &body).await.brief(), wanted, "{field}");
    }
    assert_eq!(app.count("select count(*) from visitnow.conversations").await, 0);
    let mut body = letter(mia.id);
    body["subject"] = json!("ü\u{1f600}".repeat(100));
    body["message"] = json!("ü\u{1f600}".repeat(5000));
    assert_holds(&ann.post(PATH, &body).await.ok(201), &json!({"subject": body["subject"]}));
}
