//! `GET /slots`: what a practice has, free or not.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use uuid::Uuid;
use validator::ValidationError;

use super::{ByStart, Slot, SlotStatus};
use crate::{
    App,
    database::Timestamp,
    filters,
    identity::Caller,
    rest::{
        extract::{Params, several},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Result},
        reply::Reply,
        validation::rules::{broken_at, moment},
    },
};

filters! {
    /// Which slots of your practices are wanted.
    #[validate(schema(function = "ordered"))]
    SlotParams {
        /// Only those of this provider.
        pub provider_id: Option<Uuid>,
        /// Only those that begin at this time or later.
        #[validate(custom(function = "moment"))]
        pub from: Option<Timestamp>,
        /// Only those that begin before this time.
        #[validate(custom(function = "moment"))]
        pub to: Option<Timestamp>,
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<SlotStatus>,
    }
}

fn ordered(params: &SlotParams) -> Result<(), ValidationError> {
    if params.from.zip(params.to).is_none_or(|(from, to)| from < to) {
        return Ok(());
    }
    Err(broken_at("to", "order", "must be after from"))
}

/// `GET` of `/slots`.
pub fn route() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about(
            "visitnow_slots_list",
            "Lists, earliest first, the slots of practices whose availability is yours to write",
        )
        .secured()
        .ok::<Page<Slot>>()
        .fails(&[&problem::MALFORMED])
    })
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<SlotParams>,
) -> Result<Reply> {
    let position = Position::<ByStart>::of(&params)?;
    let after = position.after.as_ref();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Slot,
        "sql/visitnow/slots/list.sql",
        caller.id,
        after.map(|last| last.id),
        position.rows,
        after.map(|last| last.start) as _,
        params.provider_id,
        params.from as _,
        params.to as _,
        &params.status as _,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, ByStart::of))
}
