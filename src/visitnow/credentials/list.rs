//! Lists of credentials: a provider's own, and everybody's for administrators.

use aide::axum::{
    ApiRouter,
    routing::{ApiMethodRouter, get_with},
};
use axum::extract::State;
use uuid::Uuid;

use super::{Credential, CredentialStatus};
use crate::{
    App, filters, listed,
    rest::{
        extract::{Params, several},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
        resource,
    },
    visitnow::Admin,
};

filters! {
    /// Which credentials are wanted.
    CredentialParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<CredentialStatus>,
    }
}

listed! {
    Credential, "sql/visitnow/credentials/list.sql",
    |params: CredentialParams| [&params.status as _]
}

/// `GET /credentials`.
pub fn route() -> ApiMethodRouter<App> {
    resource::list_route::<Credential>("visitnow_credentials")
}

/// `/admin/credentials`.
pub fn admin_routes() -> ApiRouter<App> {
    let list = get_with(all, |op| {
        op.about("visitnow_admin_credentials_list", "Lists, newest first, everybody's credentials")
            .secured()
            .ok::<Page<Credential>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    });
    ApiRouter::new().api_route("/admin/credentials", list)
}

async fn all(
    State(app): State<App>,
    Admin(caller): Admin,
    Params(params): Params<CredentialParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Credential,
        "sql/visitnow/credentials/list_all.sql",
        caller.id,
        position.after,
        position.rows,
        &params.status as _
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |last| last.id))
}
