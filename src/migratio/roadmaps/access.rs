//! What somebody may do with a roadmap: its owner all, others what it is shared for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Roadmap;
use crate::rest::{
    extract::Id,
    problem::{self, Problem, Result},
    resource::Readable,
};

/// What somebody may do with a roadmap, the least first.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "migratio.roadmap_access", rename_all = "snake_case")]
pub enum RoadmapAccess {
    /// Read it.
    View,
    /// Change it, and what is done on it.
    Edit,
    /// Share and delete it, too.
    Owner,
}

impl RoadmapAccess {
    /// It takes more than this.
    pub(super) fn too_little(self) -> Problem {
        Problem::new(&problem::FORBIDDEN).detail(match self {
            Self::View => "it is shared with you to be read",
            Self::Edit | Self::Owner => "the owner alone shares and deletes it",
        })
    }
}

/// Why nothing was written: there is no such roadmap, it takes more than this reader may do, or it is none of the accepted
/// versions.
pub async fn refusal(
    conn: &mut PgConnection,
    reader: Uuid,
    id: Uuid,
    least: RoadmapAccess,
) -> Result<Problem> {
    Ok(match Roadmap::get(conn, reader, Id { id }).await? {
        None => Problem::not_found(Roadmap::NAME),
        Some(roadmap) if roadmap.access < least => roadmap.access.too_little(),
        Some(_) => Problem::new(&problem::PRECONDITION_FAILED),
    })
}
