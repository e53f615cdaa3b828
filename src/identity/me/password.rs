//! A new password for the caller.

use aide::axum::{ApiRouter, routing::post_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use sqlx::Acquire;
use validator::Validate;

use crate::{
    App,
    identity::{Caller, client::Client, credentials::new_password, proof::prove, sessions},
    rest::{
        extract::Valid,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::WRITE,
    },
};

/// What changing a password takes.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PasswordChange {
    /// The password so far; absent of an account that has none.
    #[validate(length(max = 128))]
    current_password: Option<String>,
    /// The new one: 8 to 128 characters, none of the 10,000 commonest.
    #[validate(custom(function = "new_password"))]
    #[schemars(length(min = 8, max = 128))]
    new_password: String,
}

pub(super) fn routes() -> ApiRouter<App> {
    let change = post_with(change, |op| {
        op.about("identity_me_password", "Changes your password and signs you out everywhere")
            .description(
                "All sessions end, this one included; what access tokens are out stay good for what is left of \
                 their ten minutes. Of an account without a password, needs a sign-in of the last ten minutes.",
            )
            .secured()
            .no_content()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::TOO_MANY])
            .example(json!({"currentPassword": "…", "newPassword": "correct horse battery"}))
    });
    ApiRouter::new().api_route("/me/password", change)
}

// No Idempotency-Key: its fingerprint would be a cheap hash over both passwords.
async fn change(
    State(app): State<App>,
    caller: Caller,
    client: Client,
    Valid(input): Valid<PasswordChange>,
) -> Result<Reply> {
    let proof =
        prove(&app, &caller, &client, input.current_password.as_deref(), "/currentPassword")
            .await?;
    let hash = app.passwords.hash(&input.new_password).await?;
    let mut conn = app.pool.get().await?;
    // Two statements: the second must see the sessions that began while the first waited for the user's row.
    let mut transaction = conn.begin().await?;
    sqlx::query_file_scalar!("sql/identity/me/change_password.sql", caller.id, proof.0, hash)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or_else(|| {
            Problem::new(&problem::CONFLICT).detail("the password was changed by another request")
        })?;
    sessions::revoke_all(&mut transaction, caller.id, caller.id).await?;
    transaction.commit().await?;
    Ok(Reply::no_content())
}
