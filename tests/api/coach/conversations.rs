use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/coach/conversations";

/// Makes a conversation and gives its place.
pub async fn given_conversation(user: &User<'_>, fields: &Value) -> String {
    let made = user.post(PATH, fields).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// Says something in a conversation.
pub async fn say(user: &User<'_>, place: &str, content: &str) -> Value {
    let message = json!({"role": "user", "content": content});
    user.post(&format!("{place}/messages"), &message).await.ok(201)
}

/// The titles of a list, read by pages of this size.
async fn titles(user: &User<'_>, query: &str, limit: u8) -> String {
    let (mut found, mut cursor) = (String::new(), String::new());
    loop {
        let page = user.get(&format!("{PATH}?limit={limit}{query}{cursor}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        found.extend(items.iter().map(|one| one["title"].as_str().unwrap()));
        let Some(next) = page["nextCursor"].as_str() else { return found };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn conversation_keeps_every_field_and_needs_none() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let written = json!({
        "title": "Raise \u{1f600}", "context": "SALARY",
        "metadata": {"company": "Acme", "range": [1, 2.5, null]},
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let bare = ann.post(PATH, &json!({})).await.ok(201);
    let put = ann.put(made.header("location"), &json!({})).await.ok(200);
    for name in ["title", "context", "metadata"] {
        assert_eq!((&bare[name], &put[name]), (&Value::Null, &Value::Null), "{name}");
    }
}

#[tokio::test]
async fn conversation_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (body, fault) in [
        (json!({"title": ""}), "/title length"),
        (json!({"title": "x".repeat(201)}), "/title length"),
        (json!({"context": ""}), "/context length"),
        (json!({"context": 1}), "/context type"),
        (json!({"metadata": []}), "/metadata type"),
        (json!({"metadata": {"a": "x".repeat(65_536)}}), "/metadata document"),
        (json!({"metadata": {"a": "\0"}}), "/metadata/a nul"),
        (json!({"messages": []}), "/messages unknown_field"),
    ] {
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &body).await.brief(), expected.as_str());
    }
}

#[tokio::test]
async fn list_shows_the_one_last_spoken_in_first() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut places = Vec::new();
    for title in ["a", "b", "c", "d"] {
        places.push(given_conversation(&ann, &json!({"title": title})).await);
    }
    assert_eq!(titles(&ann, "", 3).await, "dcba");
    say(&ann, &places[1], "hello").await;
    assert_eq!(titles(&ann, "", 3).await, "bdca");
    say(&ann, &places[0], "hello").await;
    assert_eq!(titles(&ann, "", 1).await, "abdc");
    ann.patch(&places[2], &json!({"context": "x"})).await.ok(200);
    assert_eq!(titles(&ann, "", 2).await, "cabd");
    ann.get(&places[3]).await.ok(200);
    assert_eq!(titles(&ann, "", 2).await, "cabd", "reading moves nothing");
}

#[tokio::test]
async fn list_filters_by_context() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_conversation(&bob, &json!({"title": "z", "context": "SALARY"})).await;
    let mut places = Vec::new();
    for (title, context) in
        [("a", json!("SALARY")), ("b", Value::Null), ("c", json!("a b")), ("d", json!("SALARY"))]
    {
        let fields = json!({"title": title, "context": context});
        places.push(given_conversation(&ann, &fields).await);
    }
    say(&ann, &places[0], "hello").await;
    for (query, expected) in
        [("", "adcb"), ("&context=SALARY", "ad"), ("&context=a%20b", "c"), ("&context=salary", "")]
    {
        assert_eq!(titles(&ann, query, 1).await, expected, "{query}");
    }
    for bad in ["context=", "context=%00", "sort=x"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn conversations_of_one_moment_are_each_listed_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for title in ["a", "b", "c", "d", "e"] {
        given_conversation(&ann, &json!({"title": title, "context": "x"})).await;
    }
    app.execute(
        "set session_replication_role = replica;
         update coach.conversations set updated_at = '2026-01-01T00:00:00Z'",
    )
    .await;
    for query in ["", "&context=x"] {
        assert_eq!(titles(&ann, query, 2).await, "edcba", "{query}");
    }
}

#[tokio::test]
async fn conversation_takes_its_messages_along() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (gone, kept) =
        (given_conversation(&ann, &json!({})).await, given_conversation(&ann, &json!({})).await);
    for place in [&gone, &kept] {
        say(&ann, place, "hello").await;
    }
    assert_eq!(ann.delete(&gone).await.status, 204);
    assert_eq!(ann.get(&format!("{gone}/messages")).await.brief(), "404 not-found");
    assert_eq!(app.count("select count(*) from coach.messages").await, 1);
}
