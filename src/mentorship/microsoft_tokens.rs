//! The Microsoft account that a user connected. Its tokens come in, are kept encrypted, and never go out.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with, put_with},
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    App,
    database::Timestamp,
    encrypted,
    identity::Caller,
    registry::EncryptedColumn,
    rest::{
        extract::Valid,
        openapi::{Describe, Op},
        problem::Result,
        reply::Reply,
        resource::WRITE,
        validation::rules::{broken, email, moment},
    },
};

const ACCESS_TOKEN: &str = "mentorship.microsoft_tokens.access_token";
const REFRESH_TOKEN: &str = "mentorship.microsoft_tokens.refresh_token";

/// Whether a Microsoft account is connected, and which.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MicrosoftConnection {
    /// An account is connected; without one, everything else is null.
    pub connected: bool,
    /// E-mail address of the account.
    pub microsoft_email: Option<String>,
    /// When the access token expires.
    pub expires_at: Option<Timestamp>,
    /// When an account was first connected.
    pub created_at: Option<Timestamp>,
    /// When the tokens were last replaced.
    pub updated_at: Option<Timestamp>,
}

/// What Microsoft gave the frontend for the user's consent.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MicrosoftTokens {
    /// E-mail address of the account.
    #[validate(custom(function = "email"))]
    microsoft_email: String,
    /// The access token.
    #[validate(custom(function = "token"))]
    access_token: String,
    /// The refresh token; absent when there was none.
    #[validate(custom(function = "token"))]
    refresh_token: Option<String>,
    /// When the access token expires.
    #[validate(custom(function = "moment"))]
    expires_at: Timestamp,
}

/// A token of OAuth (RFC 6749, appendix A) that is no longer than its column, once it is encrypted.
fn token(text: &str) -> std::result::Result<(), ValidationError> {
    if (1..=32_000).contains(&text.len()) && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
    {
        return Ok(());
    }
    Err(broken("token", "must be 1 to 32000 printable ASCII characters"))
}

/// `/microsoft`.
pub fn routes() -> ApiRouter<App> {
    let get = get_with(get, |op| {
        describe(op, "get", "Tells whether you connected a Microsoft account")
            .ok::<MicrosoftConnection>()
    });
    let put = put_with(put, |op| {
        describe(op, "put", "Connects a Microsoft account, in place of the one before")
            .ok::<MicrosoftConnection>()
            .fails(WRITE)
            .example(json!({
                "microsoftEmail": "ann@contoso.example", "accessToken": "EwBwA8l6BAAU.k7s",
                "refreshToken": "M.C5_BAY.0.U.-Cj2p", "expiresAt": "2026-12-01T10:00:00Z",
            }))
    });
    let delete = delete_with(delete, |op| {
        describe(op, "delete", "Forgets your Microsoft account").no_content()
    });
    ApiRouter::new().api_route("/microsoft", get.merge(put).merge(delete))
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("mentorship_microsoft_{verb}"), summary).secured()
}

async fn get(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let connection = sqlx::query_file_as!(
        MicrosoftConnection,
        "sql/mentorship/microsoft_tokens/get.sql",
        caller.id,
    )
    .fetch_optional(&mut *conn)
    .await?;
    Reply::json(&connection.unwrap_or_default())
}

async fn put(
    State(app): State<App>,
    caller: Caller,
    Valid(input): Valid<MicrosoftTokens>,
) -> Result<Reply> {
    let id = Uuid::now_v7();
    let access = app.cipher.encrypt(input.access_token.as_bytes(), id, ACCESS_TOKEN);
    let refresh = input.refresh_token.as_deref();
    let refresh = refresh.map(|token| app.cipher.encrypt(token.as_bytes(), id, REFRESH_TOKEN));
    let mut conn = app.pool.get().await?;
    let connection = sqlx::query_file_as!(
        MicrosoftConnection,
        "sql/mentorship/microsoft_tokens/put.sql",
        caller.id,
        id,
        input.microsoft_email,
        access,
        refresh,
        input.expires_at,
    )
    .fetch_one(&mut *conn)
    .await?;
    Reply::json(&connection)
}

async fn delete(State(app): State<App>, caller: Caller) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    sqlx::query_file!("sql/mentorship/microsoft_tokens/delete.sql", caller.id)
        .execute(&mut *conn)
        .await?;
    Ok(Reply::no_content())
}

/// What mentorship keeps encrypted.
pub const ENCRYPTED: &[EncryptedColumn] = encrypted! {
    "mentorship.microsoft_tokens", ["access_token", "refresh_token"],
    read: "sql/mentorship/microsoft_tokens/sealed.sql",
    write: "sql/mentorship/microsoft_tokens/reseal.sql",
};
