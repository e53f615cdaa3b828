//! Why nothing was written.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Readable;
use crate::{
    identity::Caller,
    rest::{
        etag::IfMatch,
        problem::{self, Kind, Problem, Result},
    },
};

/// How a change is refused to a caller who is signed in, beside 404.
pub const fn change_refusals<R: Readable>() -> &'static [&'static Kind] {
    if R::SHARED || R::WRITERS.is_some() { &[&problem::FORBIDDEN] } else { &[] }
}

/// There is no such row.
pub fn missing<R: Readable>() -> Problem {
    Problem::not_found(R::NAME)
}

/// Why the caller wrote nothing: there is no such row, it is none of the accepted versions, or not theirs to write,
/// which the statement knows better than a token.
pub async fn unwritten<R: Readable>(
    conn: &mut PgConnection,
    caller: &Caller,
    place: R::Place,
    wanted: &IfMatch,
) -> Result<Problem> {
    Ok(match R::get(conn, caller.id, place).await? {
        None => missing::<R>(),
        Some(row) if row.may_write(caller) && !wanted.accepts(row.version()) => {
            Problem::new(&problem::PRECONDITION_FAILED)
        }
        Some(_) => not_yours(),
    })
}

/// The row is another's to write.
pub fn not_yours() -> Problem {
    Problem::new(&problem::FORBIDDEN).detail("you may read it, but not change it")
}

/// Why nothing was written: there is no such row, or it is none of the accepted versions.
pub async fn missing_or_changed<R: Readable>(
    conn: &mut PgConnection,
    owner: Uuid,
    place: R::Place,
) -> Result<Problem> {
    missing_or::<R>(conn, owner, place, Problem::new(&problem::PRECONDITION_FAILED)).await
}

/// Why nothing was written: there is no such row, or else this.
pub async fn missing_or<R: Readable>(
    conn: &mut PgConnection,
    owner: Uuid,
    place: R::Place,
    otherwise: Problem,
) -> Result<Problem> {
    let row = R::get(conn, owner, place).await?;
    Ok(row.map_or_else(missing::<R>, |_| otherwise))
}
