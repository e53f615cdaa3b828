//! `DELETE /staff/{id}`: by the practice, and by who it is, who may change nothing else of it.

use aide::axum::routing::{ApiMethodRouter, delete_with};
use axum::extract::State;

use super::StaffMember;
use crate::{
    App,
    identity::Caller,
    rest::{
        etag::IfMatch,
        extract::{Id, Path},
        openapi::Describe,
        problem::{self, Result},
        reply::Reply,
        resource::{self, Deletable},
    },
};

/// `DELETE` of one membership.
pub fn route() -> ApiMethodRouter<App> {
    delete_with(delete, |op| {
        op.about(
            "visitnow_staff_members_delete",
            "Deletes one staff member: you, or of your practice",
        )
        .secured()
        .no_content()
        .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
    })
}

async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    // Whoever reads it may delete it, so that nothing but its version is in the way.
    let gone = StaffMember::delete(&mut conn, caller.id, place, wanted.versions()).await?;
    resource::deleted::<StaffMember>(&mut conn, caller.id, place, gone).await
}
