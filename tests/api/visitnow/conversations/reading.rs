use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{House, PATH, begun, house};
use crate::{
    support::{Caller, TestApp, User, assert_holds},
    visitnow::people::{patient, practice},
};

#[tokio::test]
async fn lists_have_what_changed_last_first() {
    let app = TestApp::new().await;
    let House { mia, scribe, rival, .. } = house(&app).await;
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    let mut anns = Vec::new();
    for _ in 0..3 {
        anns.push(begun(&ann, &mia).await);
    }
    let bobs = begun(&bob, &mia).await;
    let apart = begun(&ann, &rival).await;
    mia.post(&format!("{}/messages", anns[0]), &json!({"content": "x"})).await.ok(201);
    ann.post(&format!("{}/read", anns[1]), &json!({})).await.ok(200); // nothing to read: it stays where it is
    let places = |items: Vec<Value>| -> Vec<String> {
        items.iter().map(|item| format!("{PATH}/{}", item["id"].as_str().unwrap())).collect()
    };
    let own = [&anns[0], &apart, &anns[2], &anns[1]];
    let practice = [&anns[0], &bobs, &anns[2], &anns[1]];
    let list = format!("/v1/visitnow/providers/{}/conversations", mia.id);
    for limit in [1, 2, 3, 100] {
        let pages = async |user: &User<'_>, path: &str| places(user.all(path, limit).await);
        assert_eq!(pages(&ann, PATH).await.iter().collect::<Vec<_>>(), own);
        for reader in [&mia.doctor, &scribe] {
            assert_eq!(pages(reader, &list).await.iter().collect::<Vec<_>>(), practice);
        }
    }
    assert_eq!(mia.get(PATH).await.ok(200)["items"], json!([]), "no patient");
    let empty = practice_list(&app, "idle").await;
    assert_eq!(empty, json!({"items": [], "nextCursor": null}));
    let cursor = ann.get(&format!("{PATH}?limit=1")).await.ok(200)["nextCursor"].clone();
    let cut = format!("{PATH}?cursor={}x", cursor.as_str().unwrap());
    for query in [cut, format!("{PATH}?limit=0"), format!("{PATH}?status=x")] {
        assert_eq!(ann.get(&query).await.status, 400, "{query}");
    }
}

/// The list of a practice that nobody has written to.
async fn practice_list(app: &TestApp, name: &str) -> Value {
    let idle = practice(app, name).await;
    idle.get(&format!("/v1/visitnow/providers/{}/conversations", idle.id)).await.ok(200)
}

#[tokio::test]
async fn reading_marks_what_the_other_side_wrote() {
    let app = TestApp::new().await;
    let House { mia, scribe, .. } = house(&app).await;
    let ann = patient(&app, "ann").await;
    let place = begun(&ann, &mia).await;
    let messages = format!("{place}/messages");
    for writer in [&ann.user, &mia.doctor, &scribe, &mia.doctor] {
        writer.post(&messages, &json!({"content": "x"})).await.ok(201);
    }
    let counts = async || {
        let row = ann.get(&place).await.ok(200);
        (row["unreadCountProvider"].as_i64().unwrap(), row["unreadCountPatient"].as_i64().unwrap())
    };
    assert_eq!(counts().await, (2, 3));
    let read = async |user: &User<'_>| {
        user.post(&format!("{place}/read"), &json!({})).await.ok(200)["read"].as_i64().unwrap()
    };
    assert_eq!(read(&scribe).await, 2);
    assert_eq!(counts().await, (0, 3));
    for item in ann.all(&messages, 100).await {
        let read = item["readAt"].as_str();
        assert_eq!(read.is_some(), item["fromPatient"].as_bool().unwrap(), "{item}");
        assert!(read.is_none_or(|read| read >= item["createdAt"].as_str().unwrap()), "{item}");
    }
    assert_eq!((read(&mia.doctor).await, read(&ann).await, read(&ann).await), (0, 3, 0));
    assert_eq!(counts().await, (0, 0));
    let times = async || {
        let items = ann.all(&messages, 100).await;
        items.iter().map(|item| item["readAt"].clone()).collect::<Vec<_>>()
    };
    let before = times().await;
    ann.post(&messages, &json!({"content": "x"})).await.ok(201);
    assert_eq!((read(&ann).await, read(&mia.doctor).await), (0, 1));
    assert_eq!(times().await[1..], before, "read once, read for ever");
}

#[tokio::test]
async fn counts_are_right_whoever_writes_and_reads_at_the_same_time() {
    let app = TestApp::new().await;
    let House { mia, scribe, .. } = house(&app).await;
    let ann = patient(&app, "ann").await;
    let place = begun(&ann, &mia).await;
    let (messages, read) = (format!("{place}/messages"), format!("{place}/read"));
    let people = [&ann.user, &mia.doctor, &scribe];
    for _ in 0..2 {
        let writes = join_all((0..50).map(async |number: usize| {
            let content = json!({"content": number.to_string()});
            people[number % 3].post(&messages, &content).await.status
        }));
        let reads =
            join_all((0..20).map(async |number: usize| {
                people[number % 3].post(&read, &json!({})).await.status
            }));
        let (written, marked) = tokio::join!(writes, reads);
        assert!(written.iter().all(|status| *status == 201), "{written:?}");
        assert!(marked.iter().all(|status| *status == 200), "{marked:?}");
        let wrong = "select count(*) from visitnow.conversations
            cross join (
              select count(*) filter (where from_patient) as to_provider, count(*) filter (where not from_patient) as to_patient
              from visitnow.messages where read_at is null) as unread
            where unread_count_provider <> to_provider or unread_count_patient <> to_patient";
        assert_eq!(app.count(wrong).await, 0);
    }
    assert_eq!(app.count("select count(*) from visitnow.messages").await, 101);
    for reader in [&ann.user, &mia.doctor] {
        reader.post(&read, &json!({})).await.ok(200);
    }
    let row = ann.get(&place).await.ok(200);
    assert_holds(&row, &json!({"unreadCountProvider": 0, "unreadCountPatient": 0}));
}
