//! What is over: holds that nobody has answered in time, and entries whose time has passed. All servers end them together.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    App,
    server::worker::{Outcome, Queue, Stop, Trouble},
};

/// The holds and entries of all patients. Taking one ends it, in one statement; there is nothing more to do.
#[derive(Debug)]
pub struct Holds;

impl Queue for Holds {
    const NAME: &'static str = "waitlist";
    type Piece = Uuid;

    async fn take(app: &App) -> Result<Option<Uuid>, Trouble> {
        let mut conn = app.pool.get().await?;
        if let Some(entry) = expire(&mut conn).await? {
            return Ok(Some(entry));
        }
        Ok(expire_waiting(&mut conn).await?)
    }

    async fn work(_: &App, _: &Uuid, _: &Stop) -> Result<Outcome, Trouble> {
        Ok(Outcome::Done)
    }

    async fn give_back(_: &App, _: &Uuid) -> Result<(), Trouble> {
        Ok(())
    }

    async fn put_off(_: &App, _: &Uuid, _: &Trouble) -> Result<(), Trouble> {
        Ok(())
    }
}

async fn expire(conn: &mut PgConnection) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_file_scalar!("sql/visitnow/waitlist/expire.sql").fetch_one(conn).await
}

async fn expire_waiting(conn: &mut PgConnection) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_file_scalar!("sql/visitnow/waitlist/expire_waiting.sql").fetch_optional(conn).await
}
