use futures_util::future::join_all;
use serde_json::json;

use super::sessions::{People, given_session, people};
use crate::support::{Caller, TestApp, assert_holds};

#[tokio::test]
async fn feedback_keeps_every_field_and_is_read_by_both() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let session = given_session(&mia, &ned, "completed", -1).await;
    let path = format!("{session}/feedback");
    let mut places = Vec::new();
    for (author, written) in [
        (&mia, json!({"rating": 1, "comments": "ü\u{1f600}"})),
        (&ned, json!({"rating": 5, "comments": null})),
    ] {
        let made = author.post(&path, &written).await;
        assert_holds(&made.ok(201), &written);
        assert_eq!(made.json()["fromUserId"], json!(author.id));
        assert!(session.ends_with(made.json()["sessionId"].as_str().unwrap()));
        assert_eq!(made.header("location"), format!("{path}/{}", made.id()));
        for person in [&mia, &ned] {
            assert_eq!(person.get(made.header("location")).await.ok(200), made.json());
        }
        for person in [&eve, &ada] {
            assert_eq!(person.get(made.header("location")).await.brief(), "404 not-found");
        }
        places.push(made.json());
    }
    places.reverse();
    for person in [&mia, &ned] {
        let first = person.get(&format!("{path}?limit=1")).await.ok(200);
        let next = first["nextCursor"].as_str().unwrap();
        let last = person.get(&format!("{path}?limit=1&cursor={next}")).await.ok(200);
        assert_eq!((&first["items"][0], &last["items"][0]), (&places[0], &places[1]));
        assert_eq!(last["nextCursor"], json!(null));
    }
    let nobody = "select count(*) from audit.logs
        where entity_type = 'mentorship.feedback' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn feedback_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let path = format!("{}/feedback", given_session(&mia, &ned, "completed", -1).await);
    for (body, fault) in [
        (json!({}), "/rating required"),
        (json!({"rating": 0}), "/rating range"),
        (json!({"rating": 6}), "/rating range"),
        (json!({"rating": 2.5}), "/rating type"),
        (json!({"rating": null}), "/rating type"),
        (json!({"rating": 3, "comments": "x".repeat(10_001)}), "/comments length"),
        (json!({"rating": 3, "fromUserId": ned.id}), "/fromUserId unknown_field"),
    ] {
        let refused = mia.post(&path, &body).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([fault])), "{body}");
    }
}

#[tokio::test]
async fn feedback_is_given_on_completed_sessions_alone() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    for status in
        ["pending", "proposed", "requested", "confirmed", "rescheduled", "rejected", "cancelled"]
    {
        let path = format!("{}/feedback", given_session(&mia, &ned, status, -1).await);
        for person in [&mia, &ned] {
            let refused = person.post(&path, &json!({"rating": 3})).await;
            assert_eq!(refused.brief(), "409 conflict", "{status}");
            assert_eq!(refused.json()["detail"], "feedback is given on completed sessions alone");
            assert_eq!(person.get(&path).await.ok(200)["items"], json!([]));
        }
    }
    let session = given_session(&mia, &ned, "confirmed", -1).await;
    mia.post(&format!("{session}/complete"), &json!({})).await.ok(200);
    let path = format!("{session}/feedback");
    for person in [&eve, &ada] {
        assert_eq!(person.post(&path, &json!({"rating": 3})).await.brief(), "404 not-found");
    }
    ned.post(&path, &json!({"rating": 3})).await.ok(201);
}

#[tokio::test]
async fn each_of_the_two_gives_feedback_once() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let path = format!("{}/feedback", given_session(&mia, &ned, "completed", -1).await);
    for person in [&mia, &ned] {
        let body = json!({"rating": 3});
        let answers = join_all((0..8).map(async |_| person.post(&path, &body).await)).await;
        let made: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
        assert_eq!(made.len(), 1, "{answers:?}");
        for refused in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!(refused.brief(), r#"409 taken [" taken"]"#);
        }
        // Once it is taken back there is room for another.
        assert_eq!(person.delete(made[0].header("location")).await.status, 204);
        person.post(&path, &body).await.ok(201);
    }
}

#[tokio::test]
async fn feedback_is_changed_by_its_author_alone() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let path = format!("{}/feedback", given_session(&mia, &ned, "completed", -1).await);
    for (author, other) in [(&mia, &ned), (&ned, &mia)] {
        let place = author.post(&path, &json!({"rating": 3})).await.header("location").to_owned();
        let before = other.get(&place).await.ok(200);
        for (person, brief) in
            [(other, "403 forbidden"), (&eve, "404 not-found"), (&ada, "404 not-found")]
        {
            assert_eq!(person.put(&place, &json!({"rating": 5})).await.brief(), brief);
            assert_eq!(person.patch(&place, &json!({"rating": 5})).await.brief(), brief);
            assert_eq!(person.delete(&place).await.brief(), brief);
        }
        assert_eq!(author.get(&place).await.ok(200), before);
        assert_eq!(author.patch(&place, &json!({"comments": "c"})).await.ok(200)["rating"], 3);
        let put = author.put(&place, &json!({"rating": 4})).await.ok(200);
        assert_holds(&put, &json!({"rating": 4, "comments": null}));
        assert_eq!(author.delete(&place).await.status, 204);
        assert_eq!(other.get(&place).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn feedback_is_found_below_its_session_alone() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "completed", -1).await;
    let elsewhere = given_session(&mia, &ned, "completed", -1).await;
    let id = mia.post(&format!("{session}/feedback"), &json!({"rating": 3})).await.id();
    let astray = format!("{elsewhere}/feedback/{id}");
    assert_eq!(mia.get(&astray).await.brief(), "404 not-found");
    assert_eq!(mia.put(&astray, &json!({"rating": 1})).await.brief(), "404 not-found");
    assert_eq!(mia.delete(&astray).await.brief(), "404 not-found");
    assert_eq!(ned.get(&format!("{elsewhere}/feedback")).await.ok(200)["items"], json!([]));
}
