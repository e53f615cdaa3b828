use futures_util::future::join_all;
use serde_json::json;

use super::support::{PASSWORD, login, mail, mailed_token, registered};
use crate::support::{Caller, Response, TestApp};

const ANN: &str = "ann@example.com";
const REFUSED: &str = r#"422 validation ["/token token"]"#;

async fn verify(app: &TestApp, token: &str) -> Response {
    app.anonymous().post("/v1/auth/email/verify", &json!({"token": token})).await
}

async fn resend(app: &TestApp, login: &str) -> Response {
    app.anonymous().post("/v1/auth/email/resend", &json!({"login": login})).await
}

#[tokio::test]
async fn a_mailed_token_proves_the_address_once() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    registered(&app, "bob").await;
    let token = mailed_token(&app, ANN, 1).await;
    let response = verify(&app, &token).await;
    response.ok(204);
    assert_eq!(response.header("cache-control"), "no-store");
    let ann = login(&app, "ann", PASSWORD).await.ok(200);
    assert_eq!(ann["user"]["emailVerified"], true);
    assert!(ann["user"]["emailVerifiedAt"].is_string());
    let bob = login(&app, "bob", PASSWORD).await.ok(200);
    assert_eq!(
        (&bob["user"]["emailVerified"], &bob["user"]["emailVerifiedAt"]),
        (&json!(false), &json!(null))
    );
    assert_eq!(verify(&app, &token).await.brief(), REFUSED);
    let own = "select count(*) from audit.logs where action = 'update' and actor_id is null";
    assert_eq!(app.count(own).await, 0);
}

#[tokio::test]
async fn tokens_that_are_late_unknown_or_for_another_address_are_refused() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let token = mailed_token(&app, ANN, 1).await;
    for wrong in ["x", "🌱", &token[1..], &token.to_uppercase()] {
        assert_eq!(verify(&app, wrong).await.brief(), REFUSED);
    }
    app.execute("update identity.one_time_tokens set expires_at = now()").await;
    assert_eq!(verify(&app, &token).await.brief(), REFUSED);
    resend(&app, "ann").await.ok(204);
    let token = mailed_token(&app, ANN, 2).await;
    app.execute("update identity.users set email = 'other@example.com'").await;
    assert_eq!(verify(&app, &token).await.brief(), REFUSED);
    assert_eq!(
        app.count("select count(*) from identity.users where email_verified_at is not null").await,
        0
    );
    for (body, expected) in [
        (json!({}), r#"422 validation ["/token required"]"#),
        (json!({"token": "x".repeat(201)}), r#"422 validation ["/token length"]"#),
        (json!({"token": "x", "userId": 1}), r#"422 validation ["/userId unknown_field"]"#),
    ] {
        assert_eq!(app.anonymous().post("/v1/auth/email/verify", &body).await.brief(), expected);
    }
}

#[tokio::test]
async fn a_reset_token_proves_no_address() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    mail(&app, ANN, 1).await;
    app.anonymous().post("/v1/auth/password/forgot", &json!({"login": ANN})).await.ok(204);
    assert_eq!(verify(&app, &mailed_token(&app, ANN, 2).await).await.brief(), REFUSED);
}

#[tokio::test]
async fn of_many_verifications_at_once_one_wins() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let token = mailed_token(&app, ANN, 1).await;
    let all = join_all((0..20).map(|_| verify(&app, &token))).await;
    assert_eq!(all.iter().filter(|response| response.status == 204).count(), 1, "{all:?}");
    assert_eq!(all.iter().filter(|response| response.status == 422).count(), 19, "{all:?}");
}

#[tokio::test]
async fn a_new_mail_voids_the_token_of_the_one_before() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let older = mailed_token(&app, ANN, 1).await;
    resend(&app, "ANN@example.com").await.ok(204);
    let newer = mailed_token(&app, ANN, 2).await;
    assert_eq!(verify(&app, &older).await.brief(), REFUSED);
    verify(&app, &newer).await.ok(204);
}

#[tokio::test]
async fn of_many_mails_at_once_one_token_is_good() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    mail(&app, ANN, 1).await;
    let all = join_all((0..5).map(|_| resend(&app, ANN))).await;
    assert!(all.iter().all(|response| response.status == 204), "{all:?}");
    // All of them first: once the address is proven, no more mails are sent.
    let mut tokens = Vec::new();
    for n in 2..=6 {
        tokens.push(mailed_token(&app, ANN, n).await);
    }
    let mut good = 0;
    for token in &tokens {
        good += usize::from(verify(&app, token).await.status == 204);
    }
    assert_eq!(good, 1);
}

#[tokio::test]
async fn resend_answers_alike_and_mails_only_what_is_left_to_prove() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    verify(&app, &mailed_token(&app, ANN, 1).await).await.ok(204);
    registered(&app, "bob").await;
    mail(&app, "bob@example.com", 1).await;
    let answers =
        [resend(&app, "ann").await, resend(&app, "nobody").await, resend(&app, "bob").await];
    assert!(answers.iter().all(|answer| (answer.status, answer.text.as_str()) == (204, "")));
    mail(&app, "bob@example.com", 2).await;
    let unused = "select count(*) from identity.one_time_tokens where used_at is null";
    assert_eq!(app.count(unused).await, 1);
    for _ in 0..4 {
        resend(&app, "bob").await.ok(204);
    }
    assert_eq!(resend(&app, "bob").await.brief(), "429 too-many-requests");
}
