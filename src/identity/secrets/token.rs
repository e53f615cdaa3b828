//! Access tokens (JWT, RFC 7519, signed with HS256, RFC 7515) and opaque tokens (refresh, one-time).
//!
//! Written out instead of a library: with one algorithm and a header that is ours to the byte, verifying is comparing
//! the header, one HMAC and one JSON parse. Nothing a stranger wrote is parsed before its signature is verified, so
//! there is no `alg` to confuse, no `jwk`, `jku` or `crit` to follow.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac as _};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use uuid::Uuid;

use super::keys::{Key, Keyring};

/// How long an access token is good for, in seconds: 10 minutes.
pub const ACCESS_TOKEN_SECONDS: i64 = 600;

/// Tokens that are remembered as genuine, so that a client's next request needs no HMAC; about 2 MiB.
const REMEMBERED: usize = 4096;

/// Why an access token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Genuine, but past its time: the client should refresh.
    #[error("the access token has expired")]
    Expired,
    /// Anything else; which of them is nobody's business.
    #[error("the access token is not valid")]
    Invalid,
}

/// What an access token says (RFC 7519, section 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    iss: Issuer,
    /// The user.
    pub sub: Uuid,
    /// The session family, which survives refreshes.
    pub sid: Uuid,
    /// Roles as `domain:code`.
    pub roles: Vec<String>,
    /// Issued at, in seconds since 1970.
    pub iat: i64,
    /// First second in which it is no longer accepted, in seconds since 1970.
    pub exp: i64,
}

/// Only our own issuer is ever read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Issuer {
    #[serde(rename = "trellis")]
    Trellis,
}

/// Issues access tokens with the newest key, verifies them with every key. Build it once.
pub struct AccessTokens {
    keys: Vec<TokenKey>,
    /// Claims by token. Only genuine ones get in, and their time is checked at every use.
    genuine: Cache<Box<str>, Arc<Claims>>,
}

struct TokenKey {
    /// The only header accepted for this key, in base64url, with the dot.
    header: String,
    mac: Hmac<Sha256>,
}

impl TokenKey {
    fn new(key: &Key) -> Self {
        let header = format!(r#"{{"alg":"HS256","typ":"JWT","kid":"{}"}}"#, key.id);
        Self { header: URL_SAFE_NO_PAD.encode(header) + ".", mac: key.signing.clone() }
    }
}

impl AccessTokens {
    /// Tokens under every key of the ring.
    #[must_use]
    pub fn new(keyring: &Keyring) -> Self {
        let keys = keyring.iter().map(TokenKey::new).collect();
        Self { keys, genuine: Cache::new(REMEMBERED) }
    }

    /// A token for the user `sub` in the session family `sid`, good for [`ACCESS_TOKEN_SECONDS`] from `now`.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "claims are always JSON, a keyring has a key")]
    pub fn issue(&self, sub: Uuid, sid: Uuid, roles: Vec<String>, now: DateTime<Utc>) -> String {
        let iat = now.timestamp();
        let claims =
            Claims { iss: Issuer::Trellis, sub, sid, roles, iat, exp: iat + ACCESS_TOKEN_SECONDS };
        self.sign(&serde_json::to_vec(&claims).expect("claims are always JSON"))
    }

    fn sign(&self, payload: &[u8]) -> String {
        let key = self.keys.first().expect("a keyring has at least one key");
        let mut token = key.header.clone();
        URL_SAFE_NO_PAD.encode_string(payload, &mut token);
        let signature = key.mac.clone().chain_update(&token).finalize().into_bytes();
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        token
    }

    /// The claims of a genuine token; there is no leeway: at `exp` it has expired.
    ///
    /// # Errors
    /// [`TokenError::Expired`] for a genuine token past its time, [`TokenError::Invalid`] for anything else.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Arc<Claims>, TokenError> {
        let claims = match self.genuine.get(token) {
            Some(claims) => claims,
            None => self.remember(token).ok_or(TokenError::Invalid)?,
        };
        if claims.exp <= now.timestamp() { Err(TokenError::Expired) } else { Ok(claims) }
    }

    fn remember(&self, token: &str) -> Option<Arc<Claims>> {
        let claims = Arc::new(self.genuine(token)?);
        self.genuine.insert(token.into(), claims.clone());
        Some(claims)
    }

    fn genuine(&self, token: &str) -> Option<Claims> {
        let (message, signature) = token.rsplit_once('.')?;
        let (key, payload) =
            self.keys.iter().find_map(|key| Some((key, message.strip_prefix(&key.header)?)))?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        // Compares in constant time.
        key.mac.clone().chain_update(message).verify_slice(&signature).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }
}

/// Refresh and one-time tokens: 256 random bits that mean nothing; only their SHA-256 is stored. A fast hash is right
/// here: there is nothing to guess.
pub struct OpaqueToken;

impl OpaqueToken {
    /// A new token in base64url (43 characters), for its owner alone, and the hash to store.
    #[must_use]
    pub fn generate() -> (String, [u8; 32]) {
        let token = URL_SAFE_NO_PAD.encode(super::random::<32>());
        let hash = hash_opaque(&token);
        (token, hash)
    }
}

/// The SHA-256 under which a token is stored; any text has one, so a malformed token is simply not found.
#[must_use]
pub fn hash_opaque(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

#[cfg(test)]
mod tests;
