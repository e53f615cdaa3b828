//! Who has which role: what users take on their own, and what administrators grant.
//!
//! An access token carries the roles of the time it was issued: a change counts from the next refresh on.

mod granting;

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with, put_with},
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Caller, Domain};
use crate::{
    App,
    database::Timestamp,
    rest::{
        extract::{Params, Path},
        openapi::Describe,
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// A role that somebody has.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// Id.
    pub id: Uuid,
    /// The product in which the role counts.
    pub domain: Domain,
    /// The role.
    pub role: String,
    /// The tenant within which it counts; null: everywhere.
    pub tenant_id: Option<Uuid>,
    /// Since when the user has it.
    pub granted_at: Timestamp,
    /// Taken by the user, who may give it up again.
    pub self_taken: bool,
}

/// A role in a path.
#[derive(Debug, Deserialize, JsonSchema)]
struct RolePath {
    /// The product in which the role counts.
    domain: Domain,
    /// The role.
    role: String,
}

const REFRESH: &str =
    "Access tokens carry the roles of the time they were issued: refresh yours for this to count.";

/// `/me/roles` and `/users/{id}/roles`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("identity_roles_list", "Lists, newest first, every role of yours")
            .secured()
            .ok::<Page<Grant>>()
            .fails(&[&problem::MALFORMED])
    });
    let take = put_with(take, |op| {
        op.about("identity_roles_take", "Takes a role that users may take on their own")
            .description(REFRESH)
            .secured()
            .ok::<Grant>()
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
    });
    let give_up = delete_with(give_up, |op| {
        op.about("identity_roles_give_up", "Gives up a role that you took on your own")
            .description(REFRESH)
            .secured()
            .no_content()
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
    });
    ApiRouter::new()
        .api_route("/me/roles", list)
        .api_route("/me/roles/{domain}/{role}", take.merge(give_up))
        .merge(granting::routes())
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    Reply::json(&held(&mut conn, caller.id, &params).await?)
}

/// One page of a user's roles.
async fn held(conn: &mut PgConnection, user: Uuid, params: &PageParams) -> Result<Page<Grant>> {
    let position = Position::<Uuid>::of(params)?;
    let rows = sqlx::query_file_as!(
        Grant,
        "sql/identity/roles/list.sql",
        user,
        position.after,
        position.rows,
    )
    .fetch_all(conn)
    .await?;
    Ok(position.page(rows, |grant| grant.id))
}

async fn take(
    State(app): State<App>,
    caller: Caller,
    Path(RolePath { domain, role }): Path<RolePath>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let taken =
        sqlx::query_file!("sql/identity/roles/take.sql", caller.id, domain as _, role.as_str())
            .fetch_optional(&mut *conn)
            .await?
            .ok_or_else(|| Problem::not_found("role"))?;
    let (true, Some(id), Some(granted_at)) = (taken.allowed, taken.id, taken.granted_at) else {
        let detail = "only an administrator can give this role";
        return Err(Problem::new(&problem::FORBIDDEN).detail(detail));
    };
    let self_taken = taken.self_taken;
    Reply::json(&Grant { id, domain, role, tenant_id: None, granted_at, self_taken })
}

async fn give_up(
    State(app): State<App>,
    caller: Caller,
    Path(RolePath { domain, role }): Path<RolePath>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let self_taken =
        sqlx::query_file_scalar!("sql/identity/roles/give_up.sql", caller.id, domain as _, role)
            .fetch_optional(&mut *conn)
            .await?
            .ok_or_else(|| Problem::not_found("role of yours"))?;
    if self_taken {
        return Ok(Reply::no_content());
    }
    let detail = "only an administrator can take this role away";
    Err(Problem::new(&problem::FORBIDDEN).detail(detail))
}
