//! The connection pool: deadpool over plain sqlx connections.
//!
//! sqlx's own pool pings the server each time a connection comes back, which costs every request a
//! round trip. This one never talks to the server unless a transaction was left open.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use deadpool::{
    Runtime,
    managed::{self, Metrics, Object, PoolError, RecycleError, RecycleResult},
};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::rest::problem::{Problem, Result};

/// How long a request waits for a connection before it is told to come back.
const WAIT: Duration = Duration::from_secs(2);

/// A connection older than this is replaced, so that server-side caches do not grow for ever.
const LIFETIME: Duration = Duration::from_mins(30);

/// Hands out connections; clones share the same ones.
#[derive(Clone, Debug)]
pub struct Pool {
    connections: managed::Pool<Manager>,
    long_loans: Arc<Semaphore>,
}

#[derive(Debug)]
struct Manager(PgConnectOptions);

/// A connection on loan. It goes back when dropped, after rolling back what was left open.
#[derive(Debug)]
pub struct Connection {
    object: Option<Object<Manager>>,
    _long: Option<OwnedSemaphorePermit>,
}

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
        let connections = pool.unwrap_or_else(|_| unreachable!("a runtime is given"));
        Self { connections, long_loans: Arc::new(Semaphore::new((size / 4).max(1))) }
    }

    /// A connection, or 503 when none comes free in time.
    pub async fn get(&self) -> Result<Connection> {
        self.lend(None).await
    }

    /// A connection for work that takes as long as a client likes. Never more than a quarter of all, so that slow
    /// clients cannot keep the others from theirs.
    pub async fn get_for_long(&self) -> Result<Connection> {
        match timeout(WAIT, self.long_loans.clone().acquire_owned()).await {
            Ok(Ok(permit)) => self.lend(Some(permit)).await,
            _ => Err(Problem::unavailable().retry_after(10)),
        }
    }

    async fn lend(&self, permit: Option<OwnedSemaphorePermit>) -> Result<Connection> {
        match self.connections.get().await {
            Ok(connection) => Ok(Connection { object: Some(connection), _long: permit }),
            Err(PoolError::Backend(error)) => Err(unreachable_database(&error)),
            Err(error) => {
                tracing::warn!(%error, "no database connection came free");
                Err(Problem::unavailable())
            }
        }
    }

    /// Forgets the connections that nobody uses, after one turned out to be dead.
    pub fn discard_idle(&self) {
        self.connections.retain(|_, _| false);
    }

    /// Connections open and waiting requests, for the metrics.
    pub fn usage(&self) -> (usize, usize) {
        let status = self.connections.status();
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
        self.object.as_ref().unwrap_or_else(|| unreachable!("taken only by drop"))
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.object.as_mut().unwrap_or_else(|| unreachable!("taken only by drop"))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let Some(mut connection) = self.object.take() else { return };
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
