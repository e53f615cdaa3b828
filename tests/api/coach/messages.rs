use std::collections::BTreeSet;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::conversations::{given_conversation, say};
use crate::support::{Caller, TestApp, User};

/// A conversation's messages, newest first, read by pages of this size.
async fn messages(user: &User<'_>, place: &str, limit: u8) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = user.get(&format!("{place}/messages?limit={limit}{cursor}")).await.ok(200);
        found.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["nextCursor"].as_str() else { return found };
        cursor = format!("&cursor={next}");
    }
}

/// A conversation, and a message in it: their places.
async fn given_message(user: &User<'_>) -> (String, String) {
    let place = given_conversation(user, &json!({})).await;
    let body = json!({"role": "user", "content": "hello", "metadata": {"tokens": 3}});
    let made = user.post(&format!("{place}/messages"), &body).await;
    made.ok(201);
    (place, made.header("location").to_owned())
}

#[tokio::test]
async fn message_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_conversation(&ann, &json!({})).await;
    let path = format!("{place}/messages");
    for (role, content) in
        [("user", "x".repeat(32_000)), ("assistant", "ü\u{1f600}\n".into()), ("system", " ".into())]
    {
        let metadata = json!({"model": "coach-1", "tokens": 2_147_483_647});
        let written = json!({"role": role, "content": content, "metadata": metadata});
        let made = ann.post(&path, &written).await;
        assert_eq!(made.header("location"), format!("{path}/{}", made.id()));
        let read = ann.get(made.header("location")).await;
        assert_eq!((read.ok(200), read.etag()), (made.ok(201), made.etag()));
        for (name, value) in written.as_object().unwrap() {
            assert_eq!(&read.json()[name], value, "{name}");
        }
        assert_eq!(messages(&ann, &place, 20).await[0], made.json());
        assert!(place.ends_with(read.json()["conversationId"].as_str().unwrap()));
    }
    let bare = ann.post(&path, &json!({"role": "user", "content": "x"})).await.ok(201);
    assert_eq!(bare["metadata"], Value::Null);
    let half = json!({"role": "user", "content": "x", "metadata": {"model": "m"}});
    let half = ann.post(&path, &half).await.ok(201);
    assert_eq!(half["metadata"], json!({"model": "m", "tokens": null}));
}

#[tokio::test]
async fn message_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (place, message) = given_message(&ann).await;
    for (field, value, fault) in [
        ("role", json!("USER"), "/role type"),
        ("role", json!("coach"), "/role type"),
        ("content", json!(""), "/content length"),
        ("content", json!("x".repeat(32_001)), "/content length"),
        ("content", json!("a\0b"), "/content nul"),
        ("content", json!(1), "/content type"),
        ("metadata", json!([]), "/metadata type"),
        ("metadata", json!({"model": ""}), "/metadata/model length"),
        ("metadata", json!({"tokens": -1}), "/metadata/tokens range"),
        ("metadata", json!({"tokens": 1.5}), "/metadata/tokens type"),
        ("metadata", json!({"price": 1}), "/metadata/price unknown_field"),
        ("conversationId", json!(Uuid::now_v7()), "/conversationId unknown_field"),
        ("createdAt", json!("2026-01-01T00:00:00Z"), "/createdAt unknown_field"),
    ] {
        let mut wrong = json!({"role": "user", "content": "x"});
        wrong[field] = value.clone();
        let expected = format!("422 validation {}", json!([fault]));
        let made = ann.post(&format!("{place}/messages"), &wrong).await;
        assert_eq!(made.brief(), expected.as_str(), "POST {field}");
        assert_eq!(ann.put(&message, &wrong).await.brief(), expected.as_str(), "PUT {field}");
        let patch = json!({ field: value });
        assert_eq!(ann.patch(&message, &patch).await.brief(), expected.as_str(), "PATCH {field}");
    }
    assert_eq!(messages(&ann, &place, 20).await.len(), 1);
}

#[tokio::test]
async fn messages_are_of_their_owner_and_their_conversation_alone() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let (place, message) = given_message(&ann).await;
    let (other, _) = given_message(&ann).await;
    let before = ann.get(&place).await;
    let body = json!({"role": "user", "content": "mine now"});
    let id = message.rsplit_once('/').unwrap().1;
    let elsewhere = format!("{other}/messages/{id}");
    for (user, path) in [(&bob, &message), (&ann, &elsewhere)] {
        assert_eq!(user.get(path).await.brief(), "404 not-found");
        assert_eq!(user.put(path, &body).await.brief(), "404 not-found");
        assert_eq!(user.patch(path, &json!({"content": "x"})).await.brief(), "404 not-found");
        assert_eq!(user.delete(path).await.brief(), "404 not-found");
    }
    let nowhere = format!("/v1/coach/conversations/{}", Uuid::now_v7());
    for (user, place) in [(&bob, &place), (&ann, &nowhere)] {
        let path = format!("{place}/messages");
        assert_eq!(user.get(&path).await.brief(), "404 not-found");
        assert_eq!(user.post(&path, &body).await.brief(), "404 not-found");
        let key = ("idempotency-key", "once");
        let keyed = user.send(Method::POST, &path, key, Some(&body)).await;
        assert_eq!(keyed.brief(), "404 not-found");
    }
    let after = ann.get(&place).await;
    assert_eq!((after.ok(200), after.etag()), (before.ok(200), before.etag()));
    assert_eq!(ann.get(&message).await.ok(200)["content"], "hello");
    for path in [format!("{place}/messages/x"), format!("{place}/messages/%00")] {
        assert_eq!(ann.get(&path).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn messages_are_listed_newest_first_and_paged() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_conversation(&ann, &json!({})).await;
    assert!(messages(&ann, &place, 2).await.is_empty());
    for number in 0..5 {
        say(&ann, &place, &number.to_string()).await;
    }
    let contents = |found: &[Value]| -> String {
        found.iter().map(|one| one["content"].as_str().unwrap()).collect()
    };
    for limit in [1, 2, 5, 100] {
        assert_eq!(contents(&messages(&ann, &place, limit).await), "43210");
    }
    let page = ann.get(&format!("{place}/messages?limit=2")).await.ok(200);
    say(&ann, &place, "late").await;
    let cursor = page["nextCursor"].as_str().unwrap();
    let rest = ann.get(&format!("{place}/messages?cursor={cursor}")).await.ok(200);
    assert_eq!(contents(rest["items"].as_array().unwrap()), "210", "what comes shifts nothing");
    for bad in ["limit=0", "limit=101", "cursor=x", "cursor=bnVsbA", "role=user"] {
        assert_eq!(ann.get(&format!("{place}/messages?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn new_message_touches_its_conversation_and_no_change_of_one_does() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (place, other) = (given_conversation(&ann, &json!({})).await, given_message(&ann).await.0);
    let (before, untouched) = (ann.get(&place).await, ann.get(&other).await);
    let message = say(&ann, &place, "hello").await;
    let touched = ann.get(&place).await;
    assert_ne!(touched.etag(), before.etag());
    assert_eq!(touched.json()["updatedAt"], message["createdAt"]);
    assert_eq!(touched.json()["createdAt"], before.json()["createdAt"]);
    assert_eq!(ann.get(&other).await.etag(), untouched.etag());
    let one = format!("{place}/messages/{}", message["id"].as_str().unwrap());
    ann.patch(&one, &json!({"content": "changed"})).await.ok(200);
    assert_eq!(ann.delete(&one).await.status, 204);
    assert_eq!(ann.get(&place).await.etag(), touched.etag());
}

#[tokio::test]
async fn message_is_replaced_patched_and_deleted() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (_, one) = given_message(&ann).await;
    let before = ann.get(&one).await.ok(200);
    let put = ann.put(&one, &json!({"role": "system", "content": "new"})).await;
    assert_eq!(put.ok(200)["metadata"], Value::Null, "PUT clears what is absent");
    assert_eq!(put.json()["createdAt"], before["createdAt"]);
    let patch = json!({"metadata": {"model": "m"}});
    let patched = ann.patch(&one, &patch).await.ok(200);
    assert_eq!((&patched["role"], &patched["content"]), (&json!("system"), &json!("new")));
    assert_eq!(patched["metadata"], json!({"model": "m", "tokens": null}));
    for required in ["role", "content"] {
        assert_eq!(ann.patch(&one, &json!({ required: null })).await.status, 422, "{required}");
    }
    assert_eq!(ann.get(&one).await.ok(200), patched);
    assert_eq!(ann.delete(&one).await.status, 204);
    assert_eq!(ann.delete(&one).await.brief(), "404 not-found");
    assert_eq!(ann.get(&one).await.brief(), "404 not-found");
}

#[tokio::test]
async fn message_is_changed_only_in_the_version_told() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (_, one) = given_message(&ann).await;
    let old = ann.get(&one).await.etag().to_owned();
    let known = ann.send(Method::GET, &one, ("if-none-match", &old), None).await;
    assert_eq!((known.status, known.text.as_str()), (304, ""));
    let now = ann.patch(&one, &json!({"content": "changed"})).await;
    let body = json!({"role": "user", "content": "late"});
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = ann.send(method.clone(), &one, ("if-match", &old), Some(&body)).await;
        assert_eq!(refused.brief(), "412 precondition-failed", "{method}");
    }
    assert_eq!(ann.get(&one).await.ok(200), now.ok(200));
    let put = ann.send(Method::PUT, &one, ("if-match", now.etag()), Some(&body)).await;
    assert_eq!(put.ok(200)["content"], "late");
    let deleted = ann.send(Method::DELETE, &one, ("if-match", put.etag()), None).await;
    assert_eq!(deleted.status, 204);
}

#[tokio::test]
async fn parallel_patches_of_a_message_lose_nothing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (_, one) = given_message(&ann).await;
    let patches = (0..20).map(|number| {
        let (ann, one) = (&ann, &one);
        let patch = match number % 2 {
            0 => json!({"content": "changed"}),
            _ => json!({"role": "assistant"}),
        };
        async move { ann.patch(one, &patch).await.ok(200) }
    });
    join_all(patches).await;
    let row = ann.get(&one).await.ok(200);
    assert_eq!((&row["content"], &row["role"]), (&json!("changed"), &json!("assistant")));
}

#[tokio::test]
async fn of_fifty_messages_at_once_none_is_lost_and_their_order_is_strict() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_conversation(&ann, &json!({})).await;
    let path = format!("{place}/messages");
    let said = (0..50).map(|number| {
        let (ann, path) = (&ann, &path);
        let body = json!({"role": "user", "content": number.to_string()});
        // Half of them in a transaction, for their keys.
        let key = format!("key-{number}");
        async move {
            match number % 2 {
                0 => ann.post(path, &body).await.ok(201),
                _ => {
                    let key = ("idempotency-key", key.as_str());
                    ann.send(Method::POST, path, key, Some(&body)).await.ok(201)
                }
            }
        }
    });
    join_all(said).await;
    let found = messages(&ann, &place, 7).await;
    let contents: BTreeSet<&str> =
        found.iter().map(|one| one["content"].as_str().unwrap()).collect();
    assert_eq!((found.len(), contents.len()), (50, 50));
    let mut conn = app.sql().await;
    let ties = "select count(*) from (
        select created_at <= lag(created_at) over (order by id) from coach.messages) as step (back)
        where back";
    let out_of_order: i64 = sqlx::query_scalar(ties).fetch_one(&mut conn).await.unwrap();
    assert_eq!(out_of_order, 0, "times rise with ids, and no two are the same");
    let listed: Vec<&str> = found.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(listed.is_sorted_by(|newer, older| newer > older));
    let last = ann.get(&place).await.ok(200)["updatedAt"].clone();
    assert_eq!(found[0]["createdAt"], last);
}

#[tokio::test]
async fn who_has_seen_a_message_finds_none_before_it_later() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_conversation(&ann, &json!({})).await;
    let writers = join_all((0..4).map(async |writer| {
        for number in 0..15 {
            say(&ann, &place, &format!("{writer}.{number}")).await;
        }
    }));
    let reader = async {
        let mut seen: Vec<Value> = Vec::new();
        while seen.len() < 60 {
            let mut now = messages(&ann, &place, 100).await;
            now.reverse();
            assert_eq!(now[..seen.len()], seen, "what was read stays the beginning");
            seen = now;
        }
    };
    tokio::join!(writers, reader);
}

#[tokio::test]
async fn message_under_one_key_is_said_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_conversation(&ann, &json!({})).await;
    let path = format!("{place}/messages");
    let body = json!({"role": "user", "content": "once"});
    let key = ("idempotency-key", "said-1");
    let first = ann.send(Method::POST, &path, key, Some(&body)).await;
    let tag = ann.get(&place).await.etag().to_owned();
    let again = ann.send(Method::POST, &path, key, Some(&body)).await;
    assert_eq!(first.ok(201), again.ok(201));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(ann.get(&place).await.etag(), tag);
    assert_eq!(messages(&ann, &place, 20).await.len(), 1);
}

#[tokio::test]
async fn log_knows_who_spoke_but_not_what_was_said() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_conversation(&ann, &json!({})).await;
    let body = json!({"role": "user", "content": "xylophone", "metadata": {"model": "xylophone"}});
    let made = ann.post(&format!("{place}/messages"), &body).await;
    ann.patch(made.header("location"), &json!({"content": "xylophones"})).await.ok(200);
    ann.delete(made.header("location")).await;
    let entries = "select count(*) from audit.logs
        where entity_type = 'coach.messages' and actor_id is not null and entity_id is not null";
    assert_eq!(app.count(entries).await, 3);
    let words = "select count(*) from audit.logs where logs::text like '%xylophone%'";
    assert_eq!(app.count(words).await, 0);
    let touched = "select count(*) from audit.logs
        where entity_type = 'coach.conversations' and action = 'update'";
    assert_eq!(app.count(touched).await, 0, "that somebody spoke is no change of the conversation");
}
