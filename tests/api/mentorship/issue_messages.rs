use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    reported_issues::{PATH, given_issue},
    resources::keeper,
};
use crate::support::{Caller, TestApp, User, assert_holds};

/// Writes about an issue; where it is found.
async fn say(user: &User<'_>, issue: &str, message: &str) -> String {
    let made = user.post(&format!("{issue}/messages"), &json!({"message": message})).await;
    made.ok(201);
    made.header("location").to_owned()
}

#[tokio::test]
async fn reporter_and_administrators_write_and_read() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let second = app.user_with_roles("second", &["mentorship:admin"]).await;
    keeper.patch("/v1/me", &json!({"displayName": "Help desk"})).await.ok(200);
    let issue = given_issue(&ann, "Empty calendar").await;
    let id = issue.rsplit('/').next().unwrap();
    say(&ann, &issue, "one").await;
    let place = say(&keeper, &issue, "two").await;
    assert!(place.starts_with(&format!("{issue}/messages/")));
    keeper.post(&format!("{issue}/resolve"), &json!({})).await.ok(200);
    say(&ann, &issue, "three").await;
    let fields = json!({
        "issueId": id, "userId": keeper.id, "displayName": "Help desk", "message": "two",
    });
    for reader in [&ann, &keeper, &second] {
        assert_holds(&reader.get(&place).await.ok(200), &fields);
        let seen = reader.all(&format!("{issue}/messages"), 1).await;
        let seen: String = seen.iter().map(|one| one["message"].as_str().unwrap()).collect();
        assert_eq!(seen, "threetwoone");
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = keeper.send(method, &place, ("x", "y"), Some(&json!({"message": "x"}))).await;
        assert_eq!(refused.brief(), "405 method-not-allowed");
    }
}

#[tokio::test]
async fn for_strangers_nothing_is_there() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let issue = given_issue(&ann, "x").await;
    let messages = format!("{issue}/messages");
    assert_eq!(ann.get(&messages).await.ok(200)["items"], json!([]));
    let place = say(&ann, &issue, "x").await;
    let other = app.user_with_roles("other", &["platform:admin", "mentorship:mentor"]).await;
    for stranger in [&bob, &other] {
        assert_eq!(stranger.get(&messages).await.brief(), "404 not-found");
        assert_eq!(stranger.get(&place).await.brief(), "404 not-found");
        let refused = stranger.post(&messages, &json!({"message": "x"})).await;
        assert_eq!(refused.brief(), "404 not-found");
    }
    let nowhere = format!("{PATH}/{}/messages", Uuid::now_v7());
    assert_eq!(keeper.get(&nowhere).await.brief(), "404 not-found");
    assert_eq!(keeper.post(&nowhere, &json!({"message": "x"})).await.brief(), "404 not-found");
    // A message is found below its own issue alone.
    let own = given_issue(&bob, "y").await;
    let id = place.rsplit('/').next().unwrap();
    for user in [&bob, &keeper] {
        assert_eq!(user.get(&format!("{own}/messages/{id}")).await.brief(), "404 not-found");
    }
    assert_eq!(ann.get(&messages).await.ok(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn bad_messages_are_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let messages = format!("{}/messages", given_issue(&ann, "x").await);
    for (body, brief) in [
        (json!({}), "/message required"),
        (json!({"message": ""}), "/message length"),
        (json!({"message": "x".repeat(10_001)}), "/message length"),
        (json!({"message": "\0"}), "/message nul"),
        (json!({"message": "x", "userId": ann.id}), "/userId unknown_field"),
    ] {
        let refused = ann.post(&messages, &body).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["{brief}"]"#));
    }
}

#[tokio::test]
async fn what_a_leaver_wrote_stays_readable() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let issue = given_issue(&ann, "x").await;
    let (anns, keepers) = (say(&ann, &issue, "hers").await, say(&keeper, &issue, "ours").await);
    app.execute(&format!("delete from identity.users where id = '{}'", ann.id)).await;
    let fields = json!({"userId": Value::Null, "displayName": Value::Null, "message": "hers"});
    assert_holds(&keeper.get(&anns).await.ok(200), &fields);
    assert_eq!(keeper.get(&keepers).await.ok(200)["userId"], json!(keeper.id));
}
