//! Steps that tests of signing in share.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trellis::mail::Mail;

use crate::support::{Caller, Response, TestApp};

pub const PASSWORD: &str = "a long sentence is best";

/// Somebody who registered: the tokens and the account.
pub async fn registered(app: &TestApp, name: &str) -> Value {
    let body =
        json!({"email": format!("{name}@example.com"), "username": name, "password": PASSWORD});
    app.anonymous().post("/v1/auth/register", &body).await.ok(201)
}

/// A sign-in.
pub async fn login(app: &TestApp, login: &str, password: &str) -> Response {
    app.anonymous().post("/v1/auth/login", &json!({"login": login, "password": password})).await
}

/// A refresh with the refresh token in `tokens`.
pub async fn refresh(app: &TestApp, tokens: &Value) -> Response {
    let body = json!({"refreshToken": tokens["refreshToken"]});
    app.anonymous().post("/v1/auth/refresh", &body).await
}

/// A POST with the access token in `tokens`, without a body.
pub async fn post_as(app: &TestApp, tokens: &Value, path: &str) -> Response {
    let token = format!("Bearer {}", tokens["accessToken"].as_str().unwrap());
    app.anonymous().send(reqwest::Method::POST, path, ("authorization", &token), None).await
}

/// The `n`th mail to this address; mail is sent after the answer, so it may not be there yet.
pub async fn mail(app: &TestApp, to: &str, n: usize) -> Mail {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let mails = app.mail.messages();
        if let Some(mail) = mails.into_iter().filter(|mail| mail.to() == to).nth(n - 1) {
            return mail;
        }
        assert!(Instant::now() < deadline, "mail {n} to {to} was not sent");
        tokio::task::yield_now().await;
    }
}

/// The token in the link of the `n`th mail to this address.
pub async fn mailed_token(app: &TestApp, to: &str, n: usize) -> String {
    let mail = mail(app, to, n).await;
    let (_, rest) = mail.text().split_once("#token=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Whether the roles, user and session of an access token are these.
pub fn claims(app: &TestApp, tokens: &Value) -> trellis::identity::secrets::token::Claims {
    let token = tokens["accessToken"].as_str().unwrap();
    (*app.app.tokens.verify(token, chrono::Utc::now()).unwrap()).clone()
}
