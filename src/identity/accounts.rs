//! Accounts at sign-in providers that belong to a user. Their tokens never go out.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with},
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Caller;
use crate::{
    App,
    database::Timestamp,
    entity, listed, readable,
    rest::{
        etag::IfMatch,
        extract::{Id, Path},
        openapi::Describe,
        page::Page,
        problem::{self, Problem, Result},
        reply::Reply,
        resource,
    },
};

/// The way in which a provider signs somebody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "identity.account_type", rename_all = "snake_case")]
pub enum AccountType {
    /// OAuth 2.
    Oauth,
    /// `OpenID` Connect.
    Oidc,
    /// A link by mail.
    Email,
    /// A name and a password.
    Credentials,
    /// A passkey.
    Webauthn,
}

/// An account at a sign-in provider.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Id.
    pub id: Uuid,
    /// The way in which the provider signs somebody in.
    pub r#type: AccountType,
    /// The provider, such as `github`.
    pub provider: String,
    /// The user's id at the provider.
    pub provider_account_id: String,
    /// When the provider's access token expires.
    pub expires_at: Option<Timestamp>,
    /// How the provider's access token is presented.
    pub token_type: Option<String>,
    /// What the provider's access token allows.
    pub scope: Option<String>,
    /// The provider's state of the session.
    pub session_state: Option<String>,
    /// Life of the provider's refresh token in seconds.
    pub refresh_token_expires_in: Option<i32>,
    /// When the account was linked.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

entity!(Account);

readable! {
    Account, "account",
    at: |place: Id| [place.id],
    get: "sql/identity/accounts/get.sql",
}
listed!(Account, "sql/identity/accounts/list.sql");

/// `/me/accounts`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(resource::list::<Account>, |op| {
        op.about("identity_accounts_list", "Lists, newest first, every provider's account of yours")
            .secured()
            .ok::<Page<Account>>()
            .fails(&[&problem::MALFORMED])
    });
    let get = get_with(resource::get::<Account>, |op| {
        op.about("identity_accounts_get", "Reads one provider's account of yours")
            .secured()
            .row::<Account>()
            .fails(&[&problem::NOT_FOUND])
    });
    let delete = delete_with(delete, |op| {
        op.about("identity_accounts_delete", "Unlinks a provider's account")
            .description("409 for the last account of a user without a password: no way to sign in would be left.")
            .secured()
            .no_content()
            .fails(&[&problem::NOT_FOUND, &problem::CONFLICT, &problem::PRECONDITION_FAILED])
    });
    ApiRouter::new()
        .api_route("/me/accounts", list)
        .api_route("/me/accounts/{id}", get.merge(delete))
}

async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let found = sqlx::query_file!(
        "sql/identity/accounts/delete.sql",
        caller.id,
        id,
        wanted.versions() as _,
    )
    .fetch_optional(&mut *conn)
    .await?
    .ok_or_else(|| Problem::not_found("account"))?;
    if !found.current {
        return Err(Problem::new(&problem::PRECONDITION_FAILED));
    }
    if !found.spare {
        let detail = "this is your only way to sign in: set a password first";
        return Err(Problem::new(&problem::CONFLICT).detail(detail));
    }
    Ok(Reply::no_content())
}
