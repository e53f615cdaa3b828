//! Sessions: families of refresh tokens, how they begin and how they end.

mod mine;

pub use mine::{Session, routes};

use std::net::IpAddr;

use chrono::{TimeDelta, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    User,
    client::Client,
    secrets::token::{ACCESS_TOKEN_SECONDS, AccessTokens, OpaqueToken},
};
use crate::database::Timestamp;

/// How long a refresh token is good for; each refresh gives a new one, so an active session never ends.
pub const REFRESH_TOKEN_LIFE: TimeDelta = TimeDelta::days(30);

/// How an access token is sent: `Authorization: Bearer …`.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub enum TokenType {
    /// RFC 6750.
    Bearer,
}

/// What a client is signed in with.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    /// Goes with every request, in `Authorization`.
    pub access_token: String,
    /// How it is sent.
    pub token_type: TokenType,
    /// Seconds for which the access token is good: 600.
    pub expires_in: i64,
    /// Good for one refresh.
    pub refresh_token: String,
    /// When the refresh token expires, unless it is used before: in 30 days.
    pub refresh_expires_at: Timestamp,
}

/// The tokens of a new session, and whose it is.
#[derive(Serialize, JsonSchema)]
pub struct SignedIn {
    /// What the client is signed in with.
    #[serde(flatten)]
    pub tokens: Tokens,
    /// Who signed in.
    pub user: User,
}

/// A refresh token that is about to be stored.
pub struct NewSession {
    /// The token, for its owner alone.
    token: String,
    /// What is stored of it.
    pub hash: [u8; 32],
    /// When it expires.
    pub expires_at: Timestamp,
    /// The address that it is given to.
    pub ip: String,
    /// What the client says it is.
    pub user_agent: Option<String>,
}

impl NewSession {
    /// A token for this client, good for [`REFRESH_TOKEN_LIFE`].
    pub fn of(client: Client) -> Self {
        let (token, hash) = OpaqueToken::generate();
        let expires_at = Timestamp::from(Utc::now() + REFRESH_TOKEN_LIFE);
        Self {
            token,
            hash,
            expires_at,
            ip: IpAddr::to_string(&client.ip),
            user_agent: client.user_agent,
        }
    }

    /// What the client gets, once it is stored.
    pub fn tokens(
        self,
        issuer: &AccessTokens,
        user: Uuid,
        family: Uuid,
        roles: Vec<String>,
    ) -> Tokens {
        Tokens {
            access_token: issuer.issue(user, family, roles, Utc::now()),
            token_type: TokenType::Bearer,
            expires_in: ACCESS_TOKEN_SECONDS,
            refresh_token: self.token,
            refresh_expires_at: self.expires_at,
        }
    }
}

/// Ends one sign-in of the user's; false where there is none that is open.
pub async fn revoke(conn: &mut PgConnection, user: Uuid, family: Uuid) -> sqlx::Result<bool> {
    sqlx::query_file_scalar!("sql/identity/sessions/revoke.sql", user, family).fetch_one(conn).await
}

/// Signs the user out everywhere: after a change of password, a suspension, or at their own wish.
///
/// Belongs after such a change, in its transaction: a sign-in that the change has overtaken then
/// either failed or is revoked here. Access tokens that are out already stay good for what is left
/// of their ten minutes.
pub async fn revoke_all(conn: &mut PgConnection, actor: Uuid, user: Uuid) -> sqlx::Result<i64> {
    sqlx::query_file_scalar!("sql/identity/sessions/revoke_all.sql", actor, user)
        .fetch_one(conn)
        .await
}
