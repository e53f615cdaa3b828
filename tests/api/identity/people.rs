//! People with passwords and sessions.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Anonymous, Caller, Response, TestApp, User};

/// The password of everybody whom `with_password` makes.
pub const PASSWORD: &str = "a long sentence is best";

/// A user with a password, signed in with it; with the refresh token.
pub async fn with_password<'a>(app: &'a TestApp, name: &str) -> (User<'a>, String) {
    let mut user = app.user(name).await;
    let hash = app.app.passwords.hash(PASSWORD).await.unwrap();
    app.execute(&format!(
        "update identity.users set password_hash = '{hash}' where id = '{}'",
        user.id
    ))
    .await;
    let tokens = login(app.anonymous(), &user.email, PASSWORD).await.ok(200);
    user.token = tokens["accessToken"].as_str().unwrap().to_owned();
    (user, tokens["refreshToken"].as_str().unwrap().to_owned())
}

pub async fn login(nobody: Anonymous<'_>, login: &str, password: &str) -> Response {
    nobody.post("/v1/auth/login", &json!({"login": login, "password": password})).await
}

pub async fn refresh(nobody: Anonymous<'_>, token: &str) -> Response {
    nobody.post("/v1/auth/refresh", &json!({"refreshToken": token})).await
}

/// The session family of an access token.
pub fn session_of(user: &User<'_>) -> String {
    user.app.app.tokens.verify(&user.token, chrono::Utc::now()).unwrap().sid.to_string()
}

/// Says that a user without a password has signed in `minutes` ago, in the session of their token.
pub async fn signed_in_ago(app: &TestApp, user: &User<'_>, minutes: u32) {
    app.execute(&format!(
        "insert into identity.sessions (user_id, family_id, refresh_token_hash, created_at, expires_at)
         values ('{}', '{}', sha256('{minutes}'), now() - interval '{minutes} minutes', now() + interval '1 day')",
        user.id,
        session_of(user)
    ))
    .await;
}

/// The token in the first mail to this address; mail is sent after the answer, so it may not be there yet.
pub async fn mailed_token(app: &TestApp, to: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(mail) = app.mail.messages().iter().find(|mail| mail.to() == to) {
            let (_, rest) = mail.text().split_once("#token=").unwrap();
            return rest.split_whitespace().next().unwrap().to_owned();
        }
        assert!(Instant::now() < deadline, "no mail was sent to {to}");
        tokio::task::yield_now().await;
    }
}
