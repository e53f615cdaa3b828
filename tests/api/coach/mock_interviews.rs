use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{interviews::given_interview, jobs::given_job};
use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/coach/mock-interviews";

async fn given_mock_interview(user: &User<'_>) -> String {
    let made = user.post(PATH, &json!({"title": "Try", "interviewType": "VIDEO"})).await;
    made.ok(201);
    made.header("location").to_owned()
}

fn said(content: &str) -> Value {
    json!({"role": "user", "content": content})
}

#[tokio::test]
async fn mock_interview_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let job = given_job(&ann, json!({})).await;
    let interview = given_interview(&ann, &job, json!({})).await;
    let written = json!({
        "interviewId": ann.get(&interview).await.id(), "title": "Try 🦀", "interviewType": "TECHNICAL",
        "targetRole": "Baker", "targetCompany": "Crust", "difficulty": "hard", "overallScore": 100,
        "technicalScore": 0, "communicationScore": 50, "strengths": ["a"], "areasToImprove": ["b"],
        "aiAnalysis": {"summary": "s", "detailedFeedback": "d"}, "isCompleted": false,
        "startedAt": "2026-03-04T05:06:07.000001Z",
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    assert_eq!(read["conversationHistory"], json!({"messages": []}));
    let minimal = json!({"title": "x", "interviewType": "PHONE"});
    let replaced = ann.put(made.header("location"), &minimal).await.ok(200);
    assert_eq!((&replaced["difficulty"], &replaced["aiAnalysis"]), (&Value::Null, &Value::Null));
    assert_eq!(replaced["startedAt"], written["startedAt"], "kept where it is absent");
    ann.patch(made.header("location"), &json!({"interviewId": written["interviewId"]}))
        .await
        .ok(200);
    assert_eq!(ann.delete(&interview).await.status, 204);
    assert_eq!(ann.get(made.header("location")).await.ok(200)["interviewId"], Value::Null);
}

#[tokio::test]
async fn mock_interview_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let bobs = given_interview(&bob, &given_job(&bob, json!({})).await, json!({})).await;
    for (field, value, fault) in [
        ("interviewId", json!(bob.get(&bobs).await.id()), "/interviewId reference"),
        ("title", json!(""), "/title length"),
        ("interviewType", json!("DUEL"), "/interviewType type"),
        ("targetRole", json!(""), "/targetRole length"),
        ("targetCompany", json!("x".repeat(201)), "/targetCompany length"),
        ("difficulty", json!("HARD"), "/difficulty type"),
        ("overallScore", json!(101), "/overallScore range"),
        ("technicalScore", json!(-1), "/technicalScore range"),
        ("communicationScore", json!(0.5), "/communicationScore type"),
        ("strengths", json!([""]), "/strengths lines"),
        ("areasToImprove", Value::Null, "/areasToImprove type"),
        ("aiAnalysis", json!({"mood": 1}), "/aiAnalysis/mood unknown_field"),
        ("startedAt", json!("1899-01-01T00:00:00Z"), "/startedAt date"),
        ("completedAt", json!("2026-01-01T00:00:00Z"), "/completedAt unknown_field"),
        ("conversationHistory", json!({"messages": []}), "/conversationHistory unknown_field"),
    ] {
        let mut wrong = json!({"title": "Try", "interviewType": "VIDEO"});
        wrong[field] = value;
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
}

#[tokio::test]
async fn messages_are_added_in_order() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_mock_interview(&ann).await;
    let messages = format!("{place}/messages");
    let first = ann.post(&messages, &json!({"role": "assistant", "content": "Who are you?"})).await;
    assert_eq!(first.etag(), ann.get(&place).await.etag());
    let last = ann.post(&messages, &said("Ann 🦀")).await.ok(200);
    assert_eq!(
        last["conversationHistory"]["messages"],
        json!([{"role": "assistant", "content": "Who are you?"}, {"role": "user", "content": "Ann 🦀"}])
    );
    for (body, fault) in [
        (json!({"role": "system", "content": "x"}), "/role type"),
        (json!({"role": "user", "content": ""}), "/content length"),
        (json!({"role": "user", "content": "x".repeat(32_001)}), "/content length"),
        (json!({"role": "user", "content": "x", "tokens": 1}), "/tokens unknown_field"),
        (json!({"role": "user", "content": "a\0b"}), "/content nul"),
    ] {
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(&messages, &body).await.brief(), expected.as_str());
    }
    assert_eq!(ann.get(&place).await.ok(200), last);
}

#[tokio::test]
async fn of_fifty_messages_at_once_none_is_lost() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_mock_interview(&ann).await;
    let messages = format!("{place}/messages");
    let written: Vec<String> = (0..50).map(|number| format!("message {number}")).collect();
    let answers = join_all(written.iter().map(async |content| {
        let body = said(content);
        ann.post(&messages, &body).await.status
    }));
    assert_eq!(answers.await, [200; 50]);
    let history = ann.get(&place).await.ok(200)["conversationHistory"]["messages"].clone();
    let kept = history.as_array().unwrap();
    assert_eq!(kept.len(), 50);
    let kept: BTreeSet<String> =
        kept.iter().map(|message| message["content"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kept, written.into_iter().collect());
}

#[tokio::test]
async fn a_history_that_would_be_too_long_is_refused_and_stays() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_mock_interview(&ann).await;
    let messages = format!("{place}/messages");
    let long = said(&"x".repeat(32_000));
    for _ in 0..8 {
        ann.post(&messages, &long).await.ok(200);
    }
    let refused = ann.post(&messages, &long).await;
    assert_eq!(refused.brief(), r#"422 validation ["/content history"]"#);
    assert!(refused.text.contains("256 KiB"), "{}", refused.text);
    let history = ann.get(&place).await.ok(200)["conversationHistory"]["messages"].clone();
    assert_eq!(history.as_array().unwrap().len(), 8);
    ann.post(&messages, &said("Goodbye")).await.ok(200);
}

#[tokio::test]
async fn completing_stores_what_is_given_and_keeps_the_rest() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_mock_interview(&ann).await;
    ann.patch(&place, &json!({"strengths": ["early"], "technicalScore": 10})).await.ok(200);
    let body = json!({
        "overallScore": 78, "communicationScore": 70, "areasToImprove": ["Numbers"],
        "aiAnalysis": {"summary": "Ready.", "detailedFeedback": null},
    });
    let done = ann.post(&format!("{place}/complete"), &body).await.ok(200);
    assert_eq!(done, ann.get(&place).await.ok(200));
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(&done[name], value, "{name}");
    }
    assert_eq!((&done["technicalScore"], &done["strengths"]), (&json!(10), &json!(["early"])));
    assert!(done["completedAt"].is_string());
    assert_eq!(done["isCompleted"], true);
    let bad = ann.post(&format!("{place}/complete"), &json!({"overallScore": 101})).await;
    assert_eq!(bad.brief(), r#"422 validation ["/overallScore range"]"#);
}

#[tokio::test]
async fn what_is_completed_does_not_change_any_more() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let job = given_job(&ann, json!({})).await;
    let interview = given_interview(&ann, &job, json!({})).await;
    for route in ["complete", "patch"] {
        let place = given_mock_interview(&ann).await;
        ann.patch(&place, &json!({"interviewId": ann.get(&interview).await.id()})).await.ok(200);
        match route {
            "complete" => ann.post(&format!("{place}/complete"), &json!({})).await,
            _ => ann.patch(&place, &json!({"isCompleted": true})).await,
        }
        .ok(200);
        let before = ann.get(&place).await.ok(200);
        assert!(before["completedAt"].is_string(), "{route}");
        for answer in [
            ann.post(&format!("{place}/complete"), &json!({"overallScore": 1})).await,
            ann.post(&format!("{place}/messages"), &said("But")).await,
            ann.patch(&place, &json!({"title": "Other"})).await,
            ann.patch(&place, &json!({"isCompleted": false})).await,
            ann.patch(&place, &json!({"interviewId": null, "title": "Other"})).await,
            ann.put(&place, &json!({"title": "Try", "interviewType": "VIDEO"})).await,
        ] {
            assert_eq!(answer.brief(), "409 conflict", "{route}");
        }
        assert_eq!(bob.post(&format!("{place}/complete"), &json!({})).await.status, 404);
        assert_eq!(bob.post(&format!("{place}/messages"), &said("x")).await.status, 404);
        assert_eq!(ann.get(&place).await.ok(200), before, "{route}");
    }
    assert_eq!(ann.delete(&interview).await.status, 204, "its rehearsals stay");
    let left = ann.get(PATH).await.ok(200);
    for item in left["items"].as_array().unwrap() {
        assert_eq!((&item["interviewId"], &item["isCompleted"]), (&Value::Null, &json!(true)));
        let place = format!("{PATH}/{}", item["id"].as_str().unwrap());
        assert_eq!(ann.delete(&place).await.status, 204);
    }
}

#[tokio::test]
async fn of_twenty_completions_at_once_one_wins() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let path = format!("{}/complete", given_mock_interview(&ann).await);
    let answers = join_all((0..20).map(async |score| {
        let body = json!({"overallScore": score});
        ann.post(&path, &body).await.status
    }));
    let answers = answers.await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 19, "{answers:?}");
}

#[tokio::test]
async fn list_filters_by_completion() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (open, done) = (given_mock_interview(&ann).await, given_mock_interview(&ann).await);
    ann.post(&format!("{done}/complete"), &json!({})).await.ok(200);
    for (query, expected) in [
        ("", vec![&done, &open]),
        ("?isCompleted=true", vec![&done]),
        ("?isCompleted=false", vec![&open]),
    ] {
        let page = ann.get(&format!("{PATH}{query}")).await.ok(200);
        let found: Vec<String> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| format!("{PATH}/{}", item["id"].as_str().unwrap()))
            .collect();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{query}");
    }
    assert_eq!(ann.get(&format!("{PATH}?isCompleted=yes")).await.status, 400);
}
