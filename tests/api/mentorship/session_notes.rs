use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::sessions::{People, given_session, people};
use crate::support::{Caller, TestApp, User, assert_holds};

/// Writes a note below this session and gives its place.
async fn given_note(author: &User<'_>, session: &str, notes: &str, is_private: bool) -> String {
    let body = json!({"notes": notes, "isPrivate": is_private});
    let made = author.post(&format!("{session}/notes"), &body).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// The notes on all pages of this size.
async fn notes(reader: &User<'_>, session: &str, limit: usize) -> String {
    let found = reader.all(&format!("{session}/notes"), limit).await;
    found.iter().map(|one| one["notes"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn note_keeps_every_field_and_is_private_unless_it_says_otherwise() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let path = format!("{session}/notes");
    let written = json!({"notes": "ü\u{1f600}".repeat(16_000), "isPrivate": false});
    let made = mia.post(&path, &written).await;
    assert_holds(&made.ok(201), &written);
    assert_eq!(made.header("location"), format!("{path}/{}", made.id()));
    assert!(session.ends_with(made.json()["sessionId"].as_str().unwrap()));
    assert_eq!(made.json()["createdById"], json!(mia.id));
    let read = mia.get(made.header("location")).await;
    assert_eq!((read.ok(200), read.etag()), (made.json(), made.etag()));
    let bare = mia.post(&path, &json!({"notes": "x"})).await;
    assert_eq!(bare.ok(201)["isPrivate"], true);
    // Who replaces a note and says nothing of who reads it hides it.
    let put = mia.put(made.header("location"), &json!({"notes": "x"})).await.ok(200);
    assert_eq!(put["isPrivate"], true);
    let nobody = "select count(*) from audit.logs
        where entity_type = 'mentorship.session_notes' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn note_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    for (body, fault) in [
        (json!({}), "/notes required"),
        (json!({"notes": ""}), "/notes length"),
        (json!({"notes": "x".repeat(32_001)}), "/notes length"),
        (json!({"notes": "\0"}), "/notes nul"),
        (json!({"notes": "x", "isPrivate": "no"}), "/isPrivate type"),
        (json!({"notes": "x", "createdById": ned.id}), "/createdById unknown_field"),
    ] {
        let refused = mia.post(&format!("{session}/notes"), &body).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([fault])));
    }
}

#[tokio::test]
async fn shared_note_is_read_by_both_and_written_by_its_author() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    for (author, reader) in [(&mia, &ned), (&ned, &mia)] {
        let note = given_note(author, &session, "shared", false).await;
        let before = author.get(&note).await;
        assert_eq!(reader.get(&note).await.ok(200), before.ok(200));
        for (person, brief) in
            [(reader, "403 forbidden"), (&eve, "404 not-found"), (&ada, "404 not-found")]
        {
            assert_eq!(person.put(&note, &json!({"notes": "x"})).await.brief(), brief);
            assert_eq!(person.patch(&note, &json!({"isPrivate": true})).await.brief(), brief);
            assert_eq!(person.delete(&note).await.brief(), brief);
        }
        assert_eq!(eve.get(&note).await.brief(), "404 not-found");
        assert_eq!(author.get(&note).await.ok(200), before.json());
        author.patch(&note, &json!({"notes": "mine"})).await.ok(200);
        assert_eq!(reader.get(&note).await.ok(200)["notes"], "mine");
        assert_eq!(author.delete(&note).await.status, 204);
        assert_eq!(reader.get(&note).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn private_note_is_nobodys_but_its_authors() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    for (author, other) in [(&mia, &ned), (&ned, &mia)] {
        let note = given_note(author, &session, "private", true).await;
        for person in [other, &eve, &ada] {
            assert_eq!(person.get(&note).await.brief(), "404 not-found");
            assert_eq!(person.put(&note, &json!({"notes": "x"})).await.brief(), "404 not-found");
            assert_eq!(person.patch(&note, &json!({"notes": "x"})).await.brief(), "404 not-found");
            assert_eq!(person.delete(&note).await.brief(), "404 not-found");
        }
        assert_eq!(author.get(&note).await.ok(200)["notes"], "private");
        author.patch(&note, &json!({"isPrivate": false})).await.ok(200);
        let etag = other.get(&note).await.etag().to_owned();
        author.patch(&note, &json!({"isPrivate": true})).await.ok(200);
        let header = ("if-none-match", etag.as_str());
        let hidden = other.send(reqwest::Method::GET, &note, header, None).await;
        assert_eq!(hidden.brief(), "404 not-found");
        author.delete(&note).await;
    }
}

#[tokio::test]
async fn lists_leave_out_what_is_private_to_the_other_and_have_no_gaps() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let elsewhere = given_session(&mia, &ned, "confirmed", 1).await;
    given_note(&mia, &elsewhere, "z", false).await;
    for (notes, author, is_private) in [
        ("a", &mia, true),
        ("b", &mia, false),
        ("c", &ned, true),
        ("d", &mia, true),
        ("e", &mia, true),
        ("f", &ned, false),
        ("g", &ned, true),
        ("h", &mia, true),
    ] {
        given_note(author, &session, notes, is_private).await;
    }
    for limit in [1, 2, 3, 100] {
        assert_eq!(notes(&mia, &session, limit).await, "hfedba");
        assert_eq!(notes(&ned, &session, limit).await, "gfcb");
    }
}

#[tokio::test]
async fn note_is_found_below_its_session_alone() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let elsewhere = given_session(&mia, &eve, "confirmed", 1).await;
    let note = given_note(&mia, &session, "x", false).await;
    let id = note.rsplit_once('/').unwrap().1;
    let astray = format!("{elsewhere}/notes/{id}");
    for person in [&mia, &eve] {
        assert_eq!(person.get(&astray).await.brief(), "404 not-found");
        assert_eq!(person.put(&astray, &json!({"notes": "x"})).await.brief(), "404 not-found");
        assert_eq!(person.patch(&astray, &json!({"notes": "x"})).await.brief(), "404 not-found");
        assert_eq!(person.delete(&astray).await.brief(), "404 not-found");
    }
    let path = format!("{session}/notes");
    assert_eq!(eve.post(&path, &json!({"notes": "x"})).await.brief(), "404 not-found");
    let nowhere = format!("/v1/mentorship/sessions/{}/notes", Uuid::now_v7());
    assert_eq!(mia.post(&nowhere, &json!({"notes": "x"})).await.brief(), "404 not-found");
    assert_eq!(mia.get(&nowhere).await.brief(), "404 not-found");
    assert_eq!(app.count("select count(*) from mentorship.session_notes").await, 1);
}

#[tokio::test]
async fn no_parallel_change_of_a_note_is_lost() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let note = given_note(&mia, &session, "x", true).await;
    let patches = [json!({"notes": "y"}), json!({"isPrivate": false})];
    let answers =
        join_all(patches.iter().map(async |patch| mia.patch(&note, patch).await.status)).await;
    assert_eq!(answers, [200, 200]);
    assert_holds(&ned.get(&note).await.ok(200), &json!({"notes": "y", "isPrivate": false}));
    let header = ("if-match", "\"1\"");
    let stale = mia.send(reqwest::Method::DELETE, &note, header, None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    let foreign = ned.send(reqwest::Method::DELETE, &note, header, None::<&Value>).await;
    assert_eq!(foreign.brief(), "403 forbidden");
}
