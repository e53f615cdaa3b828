//! One sign-in for all products: users, sessions, roles, secrets.

mod accounts;
pub mod admin;
pub mod attempts;
pub mod audit;
mod auth;
mod caller;
mod client;
mod consents;
pub mod credentials;
mod email_verification;
mod export;
mod housekeeping;
mod mail;
mod me;
mod one_time;
mod password_reset;
mod proof;
mod refresh;
mod registration;
mod roles;
pub mod rotation;
pub mod secrets;
pub mod sessions;
mod sign_in;
mod users;

pub use accounts::{Account, AccountType};
pub use caller::{Admin, Caller, Roles};
pub use client::Client;
pub use consents::{Consent, ConsentInput};
pub use one_time::TokenPurpose;
pub use roles::Grant;
pub use users::User;

use aide::axum::ApiRouter;
use futures_util::StreamExt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    App,
    registry::{Domain as Registered, ExportedRow},
};

/// identity, as the rest of the house knows it.
pub const DOMAIN: Registered = Registered {
    name: "identity",
    routes,
    tables: &[
        "users",
        "accounts",
        "sessions",
        "role_grants",
        "consents",
        "one_time_tokens",
        "idempotency_keys",
    ],
    export: |conn, user| {
        sqlx::query_file_as!(ExportedRow, "sql/identity/export.sql", user).fetch(conn).boxed()
    },
    chores: housekeeping::CHORES,
    workers: &[],
    encrypted: &[rotation::ENCRYPTED],
};

fn routes() -> ApiRouter<App> {
    ApiRouter::new()
        .merge(auth::routes())
        .merge(me::routes())
        .merge(sessions::routes())
        .merge(roles::routes())
        .merge(consents::routes())
        .merge(accounts::routes())
        .merge(users::routes())
        .merge(audit::routes())
        .merge(export::routes())
}

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "identity.user_status", rename_all = "snake_case")]
pub enum UserStatus {
    /// May sign in.
    Active,
    /// Switched off, by the user or an administrator.
    Inactive,
    /// Shut out by an administrator.
    Suspended,
}

/// A product, or the platform under them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "identity.domain", rename_all = "snake_case")]
pub enum Domain {
    /// What all products stand on.
    Platform,
    /// Career coach.
    Coach,
    /// Skills.
    Smatrx,
    /// Mentorship.
    Mentorship,
    /// Telehealth.
    Visitnow,
    /// Immigration.
    Migratio,
}

impl Domain {
    /// The name by which the database, access tokens and clients know it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Coach => "coach",
            Self::Smatrx => "smatrx",
            Self::Mentorship => "mentorship",
            Self::Visitnow => "visitnow",
            Self::Migratio => "migratio",
        }
    }
}
