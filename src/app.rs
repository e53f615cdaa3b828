//! What every handler shares.

use std::sync::Arc;

use crate::{
    channels::Channels,
    config::ServerSettings,
    database::Pool,
    identity::secrets::{cipher::Cipher, password::Passwords, token::AccessTokens},
    mail::MailSender,
    server::worker::Bells,
};

/// Shared state; cloning it is cheap.
pub type App = Arc<Shared>;

/// The pool, the keys and the settings of a running server.
pub struct Shared {
    /// Database connections.
    pub pool: Pool,
    /// Hashes passwords without stalling other requests.
    pub passwords: Passwords,
    /// Signs and verifies access tokens.
    pub tokens: AccessTokens,
    /// Encrypts what must not be read in the database.
    pub cipher: Cipher,
    /// Sends mail.
    pub mailer: Arc<dyn MailSender>,
    /// Tells people what they are not told by mail.
    pub channels: Channels,
    /// Wakes who works in the background.
    pub bells: Bells,
    /// Settings of this server.
    pub settings: ServerSettings,
}
