//! `GET /providers/{id}/slots`: when a provider can be booked.

use aide::axum::routing::{ApiMethodRouter, get_with};
use axum::extract::State;
use chrono::{TimeDelta, Utc};

use super::{ByStart, Slot};
use crate::{
    App,
    database::Timestamp,
    filters,
    rest::{
        extract::{Id, Params, Path},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        validation::rules::moment,
    },
    visitnow::VisitMode,
};

/// How much time one list is about.
const MAX_RANGE: TimeDelta = TimeDelta::days(62);

filters! {
    /// Which slots of a provider are wanted.
    OpenSlotParams {
        /// Only those that begin at this time or later; now when absent.
        #[validate(custom(function = "moment"))]
        pub from: Option<Timestamp>,
        /// Only those that begin before this time, at most 62 days after `from`; as many when absent.
        #[validate(custom(function = "moment"))]
        pub to: Option<Timestamp>,
        /// Only those in which patient and provider meet like this.
        pub mode: Option<VisitMode>,
    }
}

/// `GET` of `/providers/{id}/slots`.
pub fn route() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about(
            "visitnow_providers_slots",
            "Lists, earliest first, the open slots to come of an active provider",
        )
        .ok::<Page<Slot>>()
        .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    })
}

async fn list(
    State(app): State<App>,
    Path(Id { id }): Path<Id>,
    Params(params): Params<OpenSlotParams>,
) -> Result<Reply> {
    let (from, to) = range(&params)?;
    let position = Position::<ByStart>::of(&params)?;
    let after = position.after.as_ref();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Slot,
        "sql/visitnow/slots/open.sql",
        id,
        from as _,
        to as _,
        params.mode as _,
        position.rows,
        after.map(|last| last.start) as _,
        after.map(|last| last.id),
    )
    .fetch_all(&mut *conn)
    .await?;
    // Nothing open, or nobody who could be booked: only then is it worth a second query to tell.
    if rows.is_empty()
        && !sqlx::query_file_scalar!("sql/visitnow/slots/has_provider.sql", id)
            .fetch_one(&mut *conn)
            .await?
    {
        return Err(Problem::not_found("provider"));
    }
    Reply::json(&position.page(rows, ByStart::of))
}

/// From when until when.
fn range(params: &OpenSlotParams) -> Result<(Timestamp, Timestamp)> {
    let from = params.from.unwrap_or_else(|| Utc::now().into());
    let latest = Timestamp::from(*from + MAX_RANGE);
    match params.to {
        None => Ok((from, latest)),
        Some(to) if to <= from => Err(wrong("must be after from")),
        Some(to) if to > latest => Err(wrong("must be at most 62 days after from")),
        Some(to) => Ok((from, to)),
    }
}

fn wrong(message: &str) -> Problem {
    Problem::new(&problem::MALFORMED)
        .detail("a query parameter is out of its bounds")
        .field("to", "range", message)
}
