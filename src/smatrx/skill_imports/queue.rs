//! The queue of imports: what the server does with one.

use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::{
    lease::Lease,
    matching::{self, CatalogueSkill},
};
use crate::{
    App,
    server::{
        metrics,
        worker::{Outcome, Queue, Stop, Trouble},
    },
};

/// How often an import is tried.
const ATTEMPTS: i32 = 3;

/// The imports of all users.
#[derive(Debug)]
pub struct Imports;

impl Queue for Imports {
    const NAME: &'static str = "skill_imports";
    type Piece = Lease;

    async fn take(app: &App) -> Result<Option<Lease>, Trouble> {
        let mut conn = app.pool.get().await?;
        while expire(&mut conn).await?.is_some() {
            metrics::work(Self::NAME, "failed");
        }
        Ok(Lease::next(&mut conn).await?)
    }

    /// Holds a connection for each of its statements alone, and none while it searches.
    async fn work(app: &App, lease: &Lease, stop: &Stop) -> Result<Outcome, Trouble> {
        let Some(order) = lease.read(&mut *app.pool.get().await?).await? else {
            return Ok(Outcome::Lost);
        };
        let catalogue = catalogue(&mut *app.pool.get().await?).await?;
        if let Some(end) = step(app, lease, stop, 20, "Looking for skills").await? {
            return Ok(end);
        }
        let search = spawn_blocking(move || matching::search(&order, &catalogue));
        let found = tokio::select! {
            found = search => found.map_err(|_| Trouble::crash())??,
            () = stop.done() => return Ok(Outcome::Interrupted),
        };
        if let Some(end) = step(app, lease, stop, 80, "Recording skills").await? {
            return Ok(end);
        }
        let finished = lease.finish(&mut *app.pool.get().await?, &found).await?;
        Ok(finished.map_or(Outcome::Lost, |_| Outcome::Done))
    }

    async fn give_back(app: &App, lease: &Lease) -> Result<(), Trouble> {
        lease.give_back(&mut *app.pool.get().await?).await?;
        Ok(())
    }

    async fn put_off(app: &App, lease: &Lease, trouble: &Trouble) -> Result<(), Trouble> {
        let mut conn = app.pool.get().await?;
        let reason = trouble.reason();
        if lease.attempt < ATTEMPTS {
            let message = format!("Try {} of {ATTEMPTS} was in vain: {reason}.", lease.attempt);
            lease.retry(&mut conn, &message).await?;
            return Ok(());
        }
        let error = format!("Tried three times in vain. The last time: {reason}.");
        if lease.fail(&mut conn, &error).await?.is_some() {
            metrics::work(Self::NAME, "failed");
        }
        Ok(())
    }
}

/// Tells how far it is, unless there is no use in going on.
async fn step(
    app: &App,
    lease: &Lease,
    stop: &Stop,
    progress: i32,
    message: &str,
) -> Result<Option<Outcome>, Trouble> {
    if stop.is_done() {
        return Ok(Some(Outcome::Interrupted));
    }
    let ours = lease.renew(&mut *app.pool.get().await?, progress, message).await?;
    Ok(ours.map_or(Some(Outcome::Lost), |_| None))
}

async fn catalogue(conn: &mut sqlx::PgConnection) -> sqlx::Result<Vec<CatalogueSkill>> {
    sqlx::query_file_as!(CatalogueSkill, "sql/smatrx/skill_imports/catalogue.sql")
        .fetch_all(conn)
        .await
}

/// Fails an import that nobody has finished in three attempts, if there is one.
async fn expire(conn: &mut sqlx::PgConnection) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_file_scalar!("sql/smatrx/skill_imports/expire.sql").fetch_optional(conn).await
}
