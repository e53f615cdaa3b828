//! Who belongs to which support group. They join and leave by themselves; the members know each other.

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with, put_with},
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::SupportGroup;
use crate::{
    App,
    database::Timestamp,
    identity::Caller,
    nested, readable,
    rest::{
        extract::{Id, Params, Path},
        openapi::{Describe, Op},
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::{Entity, Reply},
        resource::{self, Readable},
    },
};

/// That the user belongs to a group.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupMembership {
    /// Id.
    pub id: Uuid,
    /// Who belongs to it.
    pub user_id: Uuid,
    /// The group.
    pub group_id: Uuid,
    /// Since when.
    pub joined_at: Timestamp,
    /// When this row was made.
    pub created_at: Timestamp,
}

/// A member of a group, as the other members see them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct GroupMember {
    /// The membership: the list goes on from it.
    #[serde(skip_serializing)]
    #[schemars(skip)]
    id: Uuid,
    /// The user.
    pub user_id: Uuid,
    /// What they want to be called.
    pub display_name: Option<String>,
    /// Address of their picture.
    pub image: Option<String>,
    /// Since when they belong to it.
    pub joined_at: Timestamp,
}

impl Entity for GroupMembership {
    fn id(&self) -> Uuid {
        self.id
    }

    /// It never changes.
    fn version(&self) -> Timestamp {
        self.created_at
    }
}

nested!(GroupMember);
readable! {
    GroupMembership, "membership in this group",
    at: |group: Id| [group.id],
    get: "sql/mentorship/group_memberships/get.sql",
}

/// Everything under `/support-groups/{id}`.
pub fn routes() -> ApiRouter<App> {
    let get = get_with(resource::get::<GroupMembership>, |op| {
        describe(op, "get", "Reads your membership in a group").row::<GroupMembership>()
    });
    let join = put_with(join, |op| {
        describe(op, "join", "Joins a group; who has, stays as they are").row::<GroupMembership>()
    });
    let leave = delete_with(leave, |op| {
        describe(op, "leave", "Leaves a group; who has, has left it").no_content()
    });
    let members = get_with(list, |op| {
        describe(op, "list", "Lists, who joined last first, the members of a group you belong to")
            .ok::<Page<GroupMember>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    });
    ApiRouter::new()
        .api_route("/support-groups/{id}/membership", get.merge(join).merge(leave))
        .api_route("/support-groups/{id}/members", members)
}

fn describe<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("mentorship_group_memberships_{verb}"), summary)
        .secured()
        .fails(&[&problem::NOT_FOUND])
}

async fn join(State(app): State<App>, caller: Caller, Path(Id { id }): Path<Id>) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let membership = sqlx::query_file_as!(
        GroupMembership,
        "sql/mentorship/group_memberships/join.sql",
        caller.id,
        id
    )
    .fetch_optional(&mut *conn)
    .await?;
    Reply::row(&membership.ok_or_else(no_group)?)
}

async fn leave(State(app): State<App>, caller: Caller, Path(Id { id }): Path<Id>) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    sqlx::query_file_scalar!("sql/mentorship/group_memberships/leave.sql", caller.id, id)
        .fetch_optional(&mut *conn)
        .await?
        .map(|_| Reply::no_content())
        .ok_or_else(no_group)
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let found = sqlx::query_file!(
        "sql/mentorship/group_memberships/list.sql",
        caller.id,
        id,
        position.after,
        position.rows,
    )
    .fetch_optional(&mut *conn)
    .await?
    .ok_or_else(no_group)?;
    if !found.allowed {
        let detail = "only its members and administrators see who belongs to a group";
        return Err(Problem::new(&problem::FORBIDDEN).detail(detail));
    }
    Reply::json(&position.page(found.members, |member| member.id))
}

fn no_group() -> Problem {
    Problem::not_found(SupportGroup::NAME)
}
