use reqwest::Method;
use serde_json::{Value, json};

use super::{
    conversations::{House, begun, house},
    people::{inserted, patient},
};
use crate::{
    faults::{Process, until},
    support::{Caller, TestApp, assert_holds},
};

/// A word that no log may have.
const WORD: &str = "xylophone";

#[tokio::test]
async fn a_message_is_of_the_side_that_writes_it() {
    let app = TestApp::new().await;
    let House { mia, scribe, .. } = house(&app).await;
    let ann = patient(&app, "ann").await;
    let messages = format!("{}/messages", begun(&ann, &mia).await);
    for (writer, from_patient) in [(&ann.user, true), (&mia.doctor, false), (&scribe, false)] {
        let content = format!("é🌧\n{}", writer.email);
        let sent = writer.post(&messages, &json!({"content": content})).await;
        let expected = json!({"senderId": writer.id, "fromPatient": from_patient, "content": content, "readAt": null});
        assert_holds(&sent.ok(201), &expected);
        let place = sent.header("location");
        assert_eq!(place, format!("{messages}/{}", sent.id()));
        for reader in [&ann.user, &mia.doctor, &scribe] {
            let read = reader.get(place).await;
            assert_eq!((read.ok(200), read.etag()), (sent.json(), sent.etag()));
            assert_eq!(read.header("cache-control"), "no-store");
        }
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            let refused =
                writer.send(method, place, ("x", "y"), Some(&json!({"content": "x"}))).await;
            assert_eq!(refused.brief(), "405 method-not-allowed", "it stays as it is");
        }
    }
    let lie = json!({"content": "x", "fromPatient": false});
    let refused = ann.post(&messages, &lie).await;
    assert_eq!(refused.brief(), r#"422 validation ["/fromPatient unknown_field"]"#);
}

#[tokio::test]
async fn staff_who_are_the_patient_write_as_the_patient() {
    let app = TestApp::new().await;
    let House { mia, scribe, .. } = house(&app).await;
    app.execute(&format!(
        "insert into identity.role_grants (user_id, domain, role_code) values ('{}', 'visitnow', 'patient')",
        scribe.id
    ))
    .await;
    let insert =
        format!("visitnow.patients (user_id, full_name) values ('{}', 'scribe')", scribe.id);
    let record = super::people::Patient { id: inserted(&app, &insert).await, user: scribe.clone() };
    let place = begun(&record, &mia).await;
    mia.post(&format!("{place}/messages"), &json!({"content": "x"})).await.ok(201);
    let sent = scribe.post(&format!("{place}/messages"), &json!({"content": "x"})).await;
    assert_holds(&sent.ok(201), &json!({"fromPatient": true}));
    assert_eq!(scribe.post(&format!("{place}/read"), &json!({})).await.ok(200), json!({"read": 1}));
    assert_holds(
        &mia.get(&place).await.ok(200),
        &json!({"unreadCountProvider": 2, "unreadCountPatient": 0}),
    );
}

#[tokio::test]
async fn messages_are_listed_newest_first() {
    let app = TestApp::new().await;
    let House { mia, .. } = house(&app).await;
    let ann = patient(&app, "ann").await;
    let messages = format!("{}/messages", begun(&ann, &mia).await);
    for number in 0..5 {
        let writer = if number % 2 == 0 { &ann.user } else { &mia.doctor };
        writer.post(&messages, &json!({"content": number.to_string()})).await.ok(201);
    }
    for limit in [1, 2, 3, 100] {
        let items = mia.all(&messages, limit).await;
        let said: Vec<&Value> = items.iter().map(|item| &item["content"]).collect();
        assert_eq!(said, ["4", "3", "2", "1", "0", "May I swim?"]);
    }
    for query in ["limit=101", "cursor=x", "unread=true"] {
        assert_eq!(ann.get(&format!("{messages}?{query}")).await.status, 400, "{query}");
    }
    for content in [json!(""), json!("é".repeat(10_001)), json!(null), json!("a\0")] {
        assert_eq!(ann.post(&messages, &json!({"content": content})).await.status, 422);
    }
    ann.post(&messages, &json!({"content": "é".repeat(10_000)})).await.ok(201);
}

#[tokio::test]
async fn what_staff_wrote_stays_when_they_leave_and_all_goes_with_the_patient() {
    let app = TestApp::new().await;
    let House { mia, scribe, .. } = house(&app).await;
    let ann = patient(&app, "ann").await;
    let place = begun(&ann, &mia).await;
    let sent = scribe.post(&format!("{place}/messages"), &json!({"content": "x"})).await;
    app.execute(&format!("delete from identity.users where id = '{}'", scribe.id)).await;
    let left = ann.get(sent.header("location")).await.ok(200);
    assert_holds(&left, &json!({"senderId": null, "fromPatient": false, "content": "x"}));
    assert_holds(
        &ann.get(&place).await.ok(200),
        &json!({"unreadCountProvider": 1, "unreadCountPatient": 1}),
    );
    app.execute(&format!("delete from identity.users where id = '{}'", ann.user.id)).await;
    assert_eq!(mia.get(&place).await.brief(), "404 not-found");
    assert_eq!(app.count("select count(*) from visitnow.messages").await, 0);
}

#[tokio::test]
async fn no_log_says_what_was_written() {
    let server = Process::talkative(&TestApp::database().await).await;
    let House { mia, .. } = house(&server.app).await;
    let ann = patient(&server.app, "ann").await;
    let place = begun(&ann, &mia).await;
    let messages = format!("{place}/messages");
    ann.post(&messages, &json!({"content": WORD})).await.ok(201);
    mia.get(&messages).await.ok(200);
    let letter = json!({"providerId": mia.id, "subject": WORD, "message": WORD});
    ann.post("/v1/visitnow/conversations", &letter).await.ok(201);
    assert_eq!(mia.post("/v1/visitnow/conversations", &letter).await.status, 422, "to whom?");
    ann.post(&messages, &json!({"content": WORD, WORD: 1})).await.brief();
    for (code, status) in [("57014", 503), ("XX000", 500), ("23514", 422)] {
        server
            .app
            .execute(&format!(
                "create or replace function public.fail() returns trigger language plpgsql as $$ begin
                   raise exception 'it fails' using errcode = '{code}', detail = new.content, hint = new.content;
                 end $$;
                 create or replace trigger a_fail before insert on visitnow.messages
                 for each row execute function public.fail()"
            ))
            .await;
        assert_eq!(ann.post(&messages, &json!({"content": WORD})).await.status, status, "{code}");
        assert_eq!(ann.post("/v1/visitnow/conversations", &letter).await.status, status, "{code}");
    }
    let requests =
        || server.log().lines().filter(|line| line.contains("visitnow/conversations")).count();
    until("all is logged", async || requests() >= 12).await;
    let log = server.log();
    let leaks: Vec<&str> = log.lines().filter(|line| line.contains(WORD)).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}
