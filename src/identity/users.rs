//! The account of a person, as it goes out: without anything that proves who they are.

mod directory;

pub use directory::routes;

use schemars::JsonSchema;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::UserStatus;
use crate::{database::Timestamp, entity};

/// One person's account in all products.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Id.
    pub id: Uuid,
    /// E-mail address; nobody else has it, in whatever case.
    pub email: Option<String>,
    /// Telephone number in E.164; nobody else has it.
    pub phone: Option<String>,
    /// Name to sign in with; nobody else has it, in whatever case.
    pub username: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// The name that others see.
    pub display_name: Option<String>,
    /// Address of the profile picture.
    pub image: Option<String>,
    /// Whether the account may be used.
    pub status: UserStatus,
    /// Whether the e-mail address was proven.
    pub email_verified: bool,
    /// When the e-mail address was proven.
    pub email_verified_at: Option<Timestamp>,
    /// Whether a second factor is asked for at sign-in.
    pub two_factor_enabled: bool,
    /// Language of messages, a BCP 47 tag.
    pub preferred_language: String,
    /// What is asked in addition when the password is reset.
    pub security_question: Option<String>,
    /// When the user last signed in.
    pub last_login: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When the account last changed.
    pub updated_at: Timestamp,
}

entity!(User);

impl User {
    /// One user.
    pub async fn get(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Self>> {
        sqlx::query_file_as!(Self, "sql/identity/users/get.sql", id).fetch_optional(conn).await
    }
}

/// Keeps the user's row as it is until the transaction ends.
async fn lock(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<()> {
    sqlx::query_file_scalar!("sql/identity/users/lock.sql", id).fetch_optional(conn).await.map(drop)
}
