//! `POST /credentials/{id}/verify` and `/reject`: what administrators say to a credential.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::Deserialize;
use validator::Validate;

use super::Credential;
use crate::{App, moves, rest::resource::move_route, visitnow::KEEPER};

/// What an administrator says to a credential that counts.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CredentialVerification {
    /// What the provider should know; they read it.
    #[validate(length(max = 10_000))]
    pub notes: Option<String>,
}

/// What an administrator says to a credential that does not count.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CredentialRejection {
    /// Why; the provider reads it.
    #[validate(length(min = 1, max = 10_000))]
    pub notes: String,
}

moves! {
    /// It counts.
    Verify(Credential), "sql/visitnow/credentials/verify.sql",
    |input: CredentialVerification| [input.notes],
    by: KEEPER,
    example: {"notes": "Checked with the chamber."},
}
moves! {
    /// It does not count.
    Reject(Credential), "sql/visitnow/credentials/reject.sql",
    |input: CredentialRejection| [input.notes],
    by: KEEPER,
    example: {"notes": "The second page is missing."},
}

pub(super) fn routes() -> ApiRouter<App> {
    let verify = move_route::<Verify>(
        "visitnow_credentials_verify",
        "Verifies a submitted credential that is not over",
    );
    let reject =
        move_route::<Reject>("visitnow_credentials_reject", "Rejects a submitted credential");
    ApiRouter::new()
        .api_route("/credentials/{id}/verify", verify)
        .api_route("/credentials/{id}/reject", reject)
}
