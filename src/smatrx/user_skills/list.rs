//! The list of a user's skills, best proficiency first.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{SkillLevel, UserSkill};
use crate::{
    App, filters,
    identity::Caller,
    rest::{
        extract::{Params, several},
        page::{Page, Position},
        problem::Result,
        reply::Reply,
    },
};

filters! {
    /// Which skills are wanted.
    UserSkillParams {
        /// Only these levels: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub level: Vec<SkillLevel>,
        /// Only verified ones, or only others.
        pub verified: Option<bool>,
    }
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ByProficiency {
    id: Uuid,
    proficiency_score: Option<i32>,
}

pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<UserSkillParams>,
) -> Result<Reply> {
    let position = Position::of(&params)?;
    let mut conn = app.pool.get().await?;
    Reply::json(&page(&mut conn, caller.id, &position, &params).await?)
}

async fn page(
    conn: &mut PgConnection,
    owner: Uuid,
    position: &Position<ByProficiency>,
    params: &UserSkillParams,
) -> sqlx::Result<Page<UserSkill>> {
    let after = position.after.as_ref();
    let rows = sqlx::query_file_as!(
        UserSkill,
        "sql/smatrx/user_skills/list.sql",
        owner,
        after.map(|last| last.id),
        position.rows,
        &params.level as _,
        params.verified,
        after.and_then(|last| last.proficiency_score),
    )
    .fetch_all(conn)
    .await?;
    Ok(position.page(rows, |skill| ByProficiency {
        id: skill.id,
        proficiency_score: skill.proficiency_score,
    }))
}
