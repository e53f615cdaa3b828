//! `GET /analyses/gap`: what those have who are after the same, and the caller does not.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App,
    identity::Caller,
    nested,
    rest::{
        extract::Params,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// Skills when the client does not say how many.
const DEFAULT_LIMIT: u8 = 20;

/// With whom the caller is compared.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GapParams {
    /// With those who are after this role; where it is absent or blank, after the one of the
    /// caller's own profile.
    #[validate(length(max = 200))]
    target_role: Option<String>,
    /// How many skills at most, 1 to 100; 20 when absent.
    #[validate(range(min = 1, max = 100))]
    limit: Option<u8>,
}

/// The skills that others with a target role have, and the caller does not.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SkillGap {
    /// The role, without the spaces around it.
    pub target_role: String,
    /// How many other active users are after it, whatever case they write it in.
    pub peers: i64,
    /// What most of them have first; by name where as many have it.
    pub items: Vec<MissingSkill>,
}

/// A skill that the caller lacks.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct MissingSkill {
    /// Its place, from 1; skills that as many have share one.
    pub rank: i64,
    /// The skill.
    pub skill_id: Uuid,
    /// What it is called.
    pub skill_name: String,
    /// What kind of skill it is.
    pub category_name: String,
    /// How many of the peers have it.
    pub holders: i64,
    /// The share of the peers that have it, 0 to 1, to four digits.
    pub share: f64,
}

nested!(MissingSkill);

/// `/analyses/gap`.
pub fn routes() -> ApiRouter<App> {
    let gap = get_with(gap, |op| {
        op.about("smatrx_gap", "Ranks the skills that others with a target role have and you lack")
            .secured()
            .ok::<SkillGap>()
            .fails(&[&problem::MALFORMED, &problem::VALIDATION])
    });
    ApiRouter::new().api_route("/analyses/gap", gap)
}

async fn gap(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<GapParams>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let gap = sqlx::query_file_as!(
        SkillGap,
        "sql/smatrx/gap.sql",
        caller.id,
        params.target_role,
        i64::from(params.limit.unwrap_or(DEFAULT_LIMIT)),
    )
    .fetch_optional(&mut *conn)
    .await?;
    let none = "is required, for your profile has no target role";
    Reply::json(&gap.ok_or_else(|| Problem::invalid("targetRole", "required", none))?)
}
