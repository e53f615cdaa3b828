//! `GET /mentors`: who has a place left, best for the caller first.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::AvailabilitySlot;
use crate::{
    App,
    database::literal,
    filters,
    identity::Caller,
    rest::{
        extract::{Params, several},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
    },
};

/// A mentor with a place left, and what they share with the caller.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mentor {
    /// The mentor.
    pub user_id: Uuid,
    /// Their name.
    pub display_name: Option<String>,
    /// Address of their picture.
    pub image: Option<String>,
    /// Department in which they work.
    pub department: Option<String>,
    /// Title of the position.
    pub position: Option<String>,
    /// Employer.
    pub organization: Option<String>,
    /// About the mentor, in their words.
    pub bio: Option<String>,
    /// What they can do.
    pub skills: Vec<String>,
    /// What they care about.
    pub interests: Vec<String>,
    /// When they have time, every week.
    #[schemars(with = "Vec<AvailabilitySlot>")]
    pub availability: Json<Vec<AvailabilitySlot>>,
    /// Years of experience, as they would say it.
    pub years_of_experience: Option<String>,
    /// What they know best.
    pub area_of_expertise: Option<String>,
    /// How they like to mentor.
    pub mentorship_style: Option<String>,
    /// How they like to be spoken to.
    pub preferred_communication: Option<String>,
    /// Whether they support new mothers.
    pub supports_new_mothers: bool,
    /// How many more mentees they take, 1 or more.
    pub places_left: i32,
    /// Their skills that the caller has, too.
    pub shared_skills: Vec<String>,
    /// Their interests that the caller has, too.
    pub shared_interests: Vec<String>,
    /// How many minutes of every week suit both.
    pub overlapping_minutes: i64,
    #[serde(skip)]
    first: bool,
    #[serde(skip)]
    shared: i64,
}

filters! {
    /// Which mentors are wanted.
    MentorParams {
        /// Only those with all of these skills, whatever the case: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        #[validate(length(max = 20))]
        pub skill: Vec<String>,
        /// Only those with all of these interests, whatever the case: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        #[validate(length(max = 20))]
        pub interest: Vec<String>,
        /// Only those who know this best: a part of what they say of it, whatever the case.
        #[validate(length(min = 1, max = 200))]
        pub expertise: Option<String>,
        /// True: only those who support new mothers; false: only the others.
        pub supports_new_mothers: Option<bool>,
    }
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ByRank {
    first: bool,
    shared: i64,
    minutes: i64,
    user_id: Uuid,
}

/// `/mentors`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about(
            "mentorship_mentors_list",
            "Lists mentors with a place left, those who share most with you first",
        )
        .secured()
        .ok::<Page<Mentor>>()
        .fails(&[&problem::MALFORMED])
    });
    ApiRouter::new().api_route("/mentors", list)
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<MentorParams>,
) -> Result<Reply> {
    let position = Position::<ByRank>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = rows(&mut conn, caller.id, &position, &params).await?;
    Reply::json(&position.page(rows, |last| ByRank {
        first: last.first,
        shared: last.shared,
        minutes: last.overlapping_minutes,
        user_id: last.user_id,
    }))
}

async fn rows(
    conn: &mut PgConnection,
    caller: Uuid,
    position: &Position<ByRank>,
    params: &MentorParams,
) -> sqlx::Result<Vec<Mentor>> {
    let after = position.after.as_ref();
    let supports = params.supports_new_mothers.map_or(vec![true, false], |wanted| vec![wanted]);
    sqlx::query_file_as!(
        Mentor,
        "sql/mentorship/mentors/list.sql",
        caller,
        &params.skill,
        &params.interest,
        params.expertise.as_deref().map(|text| format!("%{}%", literal(text))),
        &supports,
        position.rows,
        after.map(|last| last.first),
        after.map(|last| last.shared),
        after.map(|last| last.minutes),
        after.map(|last| last.user_id)
    )
    .fetch_all(conn)
    .await
}
