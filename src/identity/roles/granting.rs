//! Roles in the hands of platform administrators.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with, put_with},
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::{Grant, REFRESH, held};
use crate::{
    App,
    identity::{Admin, Domain, User},
    rest::{
        extract::{Id, Params, Path},
        openapi::Describe,
        page::{Page, PageParams},
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// Somebody's role in a path.
#[derive(Debug, Deserialize, JsonSchema)]
struct GrantPath {
    /// The user's id.
    id: Uuid,
    /// The product in which the role counts.
    domain: Domain,
    /// The role.
    role: String,
}

pub(super) fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("identity_users_roles_list", "Lists, newest first, every role of a user")
            .secured()
            .ok::<Page<Grant>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN, &problem::NOT_FOUND])
    });
    let grant = put_with(grant, |op| {
        op.about("identity_users_roles_grant", "Gives a user a role")
            .description(REFRESH)
            .secured()
            .ok::<Grant>()
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
    });
    let revoke = delete_with(revoke, |op| {
        op.about("identity_users_roles_revoke", "Takes a role away from a user")
            .description(
                "It counts from the user's next access token on, in ten minutes at the latest. \
                 Administrators cannot take platform/admin from themselves.",
            )
            .secured()
            .no_content()
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND, &problem::CONFLICT])
    });
    ApiRouter::new()
        .api_route("/users/{id}/roles", list)
        .api_route("/users/{id}/roles/{domain}/{role}", grant.merge(revoke))
}

async fn list(
    State(app): State<App>,
    _: Admin,
    Path(Id { id }): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let page = held(&mut conn, id, &params).await?;
    if page.items.is_empty() && User::get(&mut conn, id).await?.is_none() {
        return Err(Problem::not_found("user"));
    }
    Reply::json(&page)
}

async fn grant(
    State(app): State<App>,
    Admin(admin): Admin,
    Path(GrantPath { id, domain, role }): Path<GrantPath>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let grant = sqlx::query_file_as!(
        Grant,
        "sql/identity/roles/grant.sql",
        admin.id,
        id,
        domain as _,
        role
    )
    .fetch_optional(&mut *conn)
    .await?
    .ok_or_else(|| Problem::not_found("user or role"))?;
    Reply::json(&grant)
}

async fn revoke(
    State(app): State<App>,
    Admin(admin): Admin,
    Path(GrantPath { id, domain, role }): Path<GrantPath>,
) -> Result<Reply> {
    if (id, domain, role.as_str()) == (admin.id, Domain::Platform, "admin") {
        let detail = "another administrator must do that: you would lock yourself out";
        return Err(Problem::new(&problem::CONFLICT).detail(detail));
    }
    let mut conn = app.pool.get().await?;
    sqlx::query_file_scalar!("sql/identity/roles/revoke.sql", admin.id, id, domain as _, role)
        .fetch_optional(&mut *conn)
        .await?
        .map(|_| Reply::no_content())
        .ok_or_else(|| Problem::not_found("role of this user"))
}
