use serde_json::json;

use super::people::{PASSWORD, login, refresh, signed_in_ago, with_password};
use crate::support::{Caller, TestApp};

const PATH: &str = "/v1/me/password";
const NEW: &str = "another long sentence";

#[tokio::test]
async fn a_new_password_replaces_the_old_and_signs_out_everywhere() {
    let app = TestApp::new().await;
    let (ann, here) = with_password(&app, "ann").await;
    let there = login(app.anonymous(), &ann.email, PASSWORD).await.ok(200);
    let there = there["refreshToken"].as_str().unwrap();
    let (_, bobs) = with_password(&app, "bob").await;
    let change = json!({"currentPassword": PASSWORD, "newPassword": NEW});
    assert_eq!(ann.post(PATH, &change).await.status, 204);
    for token in [&here, there] {
        assert_eq!(refresh(app.anonymous(), token).await.brief(), "401 unauthenticated");
    }
    refresh(app.anonymous(), &bobs).await.ok(200);
    let old = login(app.anonymous(), &ann.email, PASSWORD).await;
    assert_eq!(old.brief(), "401 unauthenticated");
    login(app.anonymous(), &ann.email, NEW).await.ok(200);
}

#[tokio::test]
async fn the_old_password_is_needed() {
    let app = TestApp::new().await;
    let (ann, token) = with_password(&app, "ann").await;
    let refused = ann.post(PATH, &json!({"newPassword": NEW})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/currentPassword required"]"#);
    let wrong = json!({"currentPassword": NEW, "newPassword": NEW});
    assert_eq!(
        ann.post(PATH, &wrong).await.brief(),
        r#"422 validation ["/currentPassword wrong"]"#
    );
    refresh(app.anonymous(), &token).await.ok(200);
    login(app.anonymous(), &ann.email, PASSWORD).await.ok(200);
}

#[tokio::test]
async fn a_weak_password_is_refused() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    for (new, code) in
        [("1234567", "length"), (&"x".repeat(129), "length"), ("Password1", "common")]
    {
        let refused =
            ann.post(PATH, &json!({"currentPassword": PASSWORD, "newPassword": new})).await;
        assert_eq!(
            refused.brief().to_string(),
            format!(r#"422 validation ["/newPassword {code}"]"#)
        );
    }
}

#[tokio::test]
async fn of_changes_at_once_one_counts() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let passwords = ["first long sentence", "second long sentence", "third long sentence"];
    let bodies = passwords.map(|new| json!({"currentPassword": PASSWORD, "newPassword": new}));
    let answers =
        futures_util::future::join_all(bodies.iter().map(|body| ann.post(PATH, body))).await;
    let done: Vec<usize> = (0..3).filter(|change| answers[*change].status == 204).collect();
    assert_eq!(done.len(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| [204, 409, 422].contains(&answer.status)), "{answers:?}");
    login(app.anonymous(), &ann.email, passwords[done[0]]).await.ok(200);
}

#[tokio::test]
async fn links_to_choose_a_password_are_void_after_a_change() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    app.execute(
        "insert into identity.one_time_tokens (user_id, purpose, email, token_hash, expires_at)
         select id, purpose, email, sha256(purpose::text::bytea), now() + interval '5 minutes'
         from identity.users, unnest(enum_range(null::identity.token_purpose)) as purpose",
    )
    .await;
    let change = json!({"currentPassword": PASSWORD, "newPassword": NEW});
    assert_eq!(ann.post(PATH, &change).await.status, 204);
    let left = "select count(*) from identity.one_time_tokens where purpose = 'password_reset'";
    assert_eq!(app.count(left).await, 0);
    let left = "select count(*) from identity.one_time_tokens where purpose = 'email_verification'";
    assert_eq!(app.count(left).await, 1);
}

#[tokio::test]
async fn who_has_no_password_sets_one_after_signing_in() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let change = json!({"newPassword": NEW});
    assert_eq!(bob.post(PATH, &change).await.brief(), "403 forbidden");
    signed_in_ago(&app, &ann, 1).await;
    assert_eq!(ann.post(PATH, &change).await.status, 204);
    login(app.anonymous(), &ann.email, NEW).await.ok(200);
}
