//! Tokens that are sent by mail and good for one use, for 30 minutes.

use std::sync::Arc;

use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use validator::Validate;

use super::{
    attempts::{self, Attempt, Subjects},
    client::Client,
    credentials::trimmed,
    mail,
    secrets::token::OpaqueToken,
};
use crate::{
    App,
    rest::{
        extract::Valid,
        problem::{Problem, Result},
        reply::Reply,
    },
};

/// What a one-time token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "identity.token_purpose", rename_all = "snake_case")]
pub enum TokenPurpose {
    /// Proves an e-mail address.
    EmailVerification,
    /// Lets choose a new password.
    PasswordReset,
}

/// Whom to send a mail.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recipient {
    /// E-mail address, telephone number or username; the mail goes to the account's e-mail address.
    #[serde(deserialize_with = "trimmed")]
    #[validate(length(min = 1, max = 254))]
    pub login: String,
}

/// Sends a link to choose a new password, if there is such an account.
pub async fn forgot(app: State<App>, client: Client, input: Valid<Recipient>) -> Result<Reply> {
    request(app, &client, input, Attempt::ResetMail, TokenPurpose::PasswordReset).await
}

/// Sends a new link to verify the address, if there is such an account and it is not verified.
pub async fn resend(app: State<App>, client: Client, input: Valid<Recipient>) -> Result<Reply> {
    request(app, &client, input, Attempt::VerificationMail, TokenPurpose::EmailVerification).await
}

/// Looks for the account only after the answer, which can so neither say nor show by its time whether there is one.
async fn request(
    State(app): State<App>,
    client: &Client,
    Valid(to): Valid<Recipient>,
    attempt: Attempt,
    purpose: TokenPurpose,
) -> Result<Reply> {
    let subjects = Subjects::new(attempt, &to.login, client.ip);
    attempts::admit(&mut *app.pool.get().await?, &subjects).await?;
    issue_later(&app, purpose, to.login);
    Ok(Reply::no_content())
}

/// Makes a token and sends it after the answer, if this login names somebody whom it is good for.
pub fn issue_later(app: &App, purpose: TokenPurpose, login: String) {
    let app = Arc::clone(app);
    tokio::spawn(async move {
        let (token, hash) = OpaqueToken::generate();
        let issued = async {
            Ok::<_, Problem>(issue(&mut *app.pool.get().await?, &login, purpose, &hash).await?)
        };
        // What went wrong is in the log already; the client asks again.
        if let Ok(Some(address)) = issued.await {
            deliver(&app, purpose, &address, &token).await;
        }
    });
}

/// Sends a token after the answer, which does not wait for mail servers.
pub fn send_later(app: &App, purpose: TokenPurpose, address: String, token: String) {
    let app = Arc::clone(app);
    tokio::spawn(async move { deliver(&app, purpose, &address, &token).await });
}

async fn deliver(app: &App, purpose: TokenPurpose, address: &str, token: &str) {
    let base = &app.settings.public_url;
    let mail = match purpose {
        TokenPurpose::EmailVerification => mail::verification(address, token, base),
        TokenPurpose::PasswordReset => mail::password_reset(address, token, base),
    };
    let sent = match mail {
        Ok(mail) => app.mailer.send(&mail).await,
        Err(error) => Err(error),
    };
    if let Err(error) = sent {
        // The error's text names neither recipient nor token.
        tracing::warn!(%error, ?purpose, "mail not sent");
    }
}

async fn issue(
    conn: &mut PgConnection,
    login: &str,
    purpose: TokenPurpose,
    hash: &[u8],
) -> sqlx::Result<Option<String>> {
    sqlx::query_file_scalar!("sql/identity/one_time_tokens/issue.sql", login, purpose as _, hash)
        .fetch_optional(conn)
        .await
}
