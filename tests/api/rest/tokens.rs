//! Access tokens that are none.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{Duration, Utc};
use reqwest::Method;
use serde_json::json;
use trellis::identity::secrets::{keys::Keyring, token::AccessTokens};
use uuid::Uuid;

use super::JOBS;
use crate::support::{Caller, Response, TestApp};

async fn with(app: &TestApp, authorization: &str) -> Response {
    let request = app.anonymous().request(Method::GET, JOBS);
    Response::of(request.header("authorization", authorization)).await
}

#[tokio::test]
async fn only_a_genuine_token_opens() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    assert_eq!(with(&app, &format!("Bearer {}", ann.token)).await.status, 200);
    assert_eq!(with(&app, &format!("bearer {}", ann.token)).await.status, 200);

    let roles = || vec!["platform:admin".to_owned()];
    let stranger = AccessTokens::new(&Keyring::parse(&Keyring::generate()).unwrap());
    let forged = stranger.issue(ann.id, Uuid::now_v7(), roles(), Utc::now());
    let long_ago = Utc::now() - Duration::seconds(601);
    let expired = app.app.tokens.issue(ann.id, Uuid::now_v7(), roles(), long_ago);
    let (head, rest) = ann.token.split_once('.').unwrap();
    let (claims, signature) = rest.split_once('.').unwrap();
    let encode = |value: serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let none = encode(json!({"alg": "none", "typ": "JWT"}));
    let tampered = encode(json!({"iss": "trellis", "sub": Uuid::nil(), "sid": Uuid::nil(),
        "roles": ["platform:admin"], "iat": 0, "exp": 9_999_999_999_i64}));
    for token in [
        forged,
        expired,
        format!("{none}.{claims}."),
        format!("{none}.{claims}.{signature}"),
        format!("{head}.{tampered}.{signature}"),
        format!("{head}.{claims}"),
        format!("{head}.{claims}.{signature}x"),
        format!("{head}..{signature}"),
        String::new(),
        "...".into(),
        "x".repeat(5000),
    ] {
        let refused = with(&app, &format!("Bearer {token}")).await;
        assert_eq!(refused.brief(), "401 unauthenticated", "{token}");
        assert_eq!(refused.header("www-authenticate"), "Bearer", "{token}");
    }
    for header in ["", "Bearer", "Basic YW5uOnNlY3JldA==", &ann.token] {
        assert_eq!(with(&app, header).await.brief(), "401 unauthenticated", "{header}");
    }
}

#[tokio::test]
async fn a_token_that_outlives_its_account_is_worth_nothing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    app.execute("delete from identity.users").await;
    assert_eq!(ann.post(JOBS, &super::job()).await.brief(), "401 unauthenticated");
    assert_eq!(ann.get(JOBS).await.ok(200)["items"], json!([]));
}
