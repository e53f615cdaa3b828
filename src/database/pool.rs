//! The connection pool: deadpool over plain sqlx connections.
//!
//! sqlx's own pool pings the server each time a connection comes back, which costs every request a
//! round trip. This one never talks to the server unless a transaction was left open.

use std::{
    ops::{Deref, DerefMut},
    time::Duration,
};

use deadpool::{
    Runtime,
    managed::{self, Metrics, Object, PoolError, RecycleError, RecycleResult},
};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};

use crate::rest::problem::{Problem, Result};

/// How long a request waits for a connection before it is told to come back.
const WAIT: Duration = Duration::from_secs(2);

/// A connection older than this is replaced, so that server-side caches do not grow for ever.
const LIFETIME: Duration = Duration::from_mins(30);

/// Hands out connections; clones share the same ones.
#[derive(Clone, Debug)]
pub struct Pool(managed::Pool<Manager>);

#[derive(Debug)]
struct Manager(PgConnectOptions);

/// A connection on loan. It goes back when dropped, after rolling back what was left open.
#[derive(Debug)]
pub struct Connection(Option<Object<Manager>>);

impl managed::Manager for Manager {
    type Type = PgConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<PgConnection, sqlx::Error> {
        PgConnection::connect_with(&self.0).await
    }

    async fn recycle(&self, _: &mut PgConnection, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if metrics.age() > LIFETIME {
            return Err(RecycleError::message("too old"));
        }
        Ok(())
    }
}

impl Pool {
    /// A pool of at most `size` connections, opened as they are needed.
    pub fn new(options: PgConnectOptions, size: usize) -> Self {
        let pool = managed::Pool::builder(Manager(options))
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .build();
        // Building fails only without a runtime for the timeouts, and one is given above.
        Self(pool.unwrap_or_else(|_| unreachable!("a runtime is given")))
    }

    /// A connection, or 503 when none comes free in time.
    pub async fn get(&self) -> Result<Connection> {
        match self.0.get().await {
            Ok(connection) => Ok(Connection(Some(connection))),
            Err(PoolError::Backend(error)) => Err(unreachable_database(&error)),
            Err(error) => {
                tracing::warn!(%error, "no database connection came free");
                Err(Problem::unavailable())
            }
        }
    }

    /// Forgets the connections that nobody uses, after one turned out to be dead.
    pub fn discard_idle(&self) {
        self.0.retain(|_, _| false);
    }

    /// Connections open and waiting requests, for the metrics.
    pub fn usage(&self) -> (usize, usize) {
        let status = self.0.status();
        (status.size, status.waiting)
    }
}

/// A database that refuses us is as unavailable as one that is gone; the log says which.
fn unreachable_database(error: &sqlx::Error) -> Problem {
    tracing::warn!(%error, "cannot connect to the database");
    Problem::unavailable()
}

impl Deref for Connection {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.0.as_ref().unwrap_or_else(|| unreachable!("taken only by drop"))
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.0.as_mut().unwrap_or_else(|| unreachable!("taken only by drop"))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let Some(mut connection) = self.0.take() else { return };
        // A transaction that was dropped has left a ROLLBACK in the buffer: send it now, or its
        // locks stay until somebody happens to use this connection.
        if connection.should_flush() {
            tokio::spawn(async move {
                if !matches!(tokio::time::timeout(WAIT, connection.ping()).await, Ok(Ok(()))) {
                    drop(Object::take(connection));
                }
            });
        }
    }
}
