//! Work in the background: queues in the database that all servers work off together.
//!
//! A domain says how a piece of work is taken, done and given back ([`Queue`]). The loop around it stands here: it looks
//! about once a second, at once when a [`Bells`] rings, and until the server stops. One piece at a time, and nothing that
//! goes wrong with a piece ends the loop.

mod bells;
mod stop;
mod trouble;

pub use bells::Bells;
pub use stop::Stop;
pub use trouble::Trouble;

use std::{panic::AssertUnwindSafe, time::Duration};

use futures_util::{
    FutureExt,
    future::{BoxFuture, join_all},
};
use tokio::time::{sleep, timeout};

use super::metrics;
use crate::{App, identity::secrets::random, registry::DOMAINS};

/// How long nobody looks when there is nothing to do and no bell rings, half as much again at most.
const PAUSE: Duration = Duration::from_secs(1);

/// How long nobody looks while the database gives nothing but trouble.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A piece that takes longer is let go: a network that swallows everything never says so.
const PIECE_WITHIN: Duration = Duration::from_mins(1);

/// What a server that stops leaves the piece in its hands.
const STOP_WITHIN: Duration = Duration::from_secs(20);

/// A queue in the database, which several servers work off. A piece is leased to one of them at a time.
pub trait Queue: 'static {
    /// What it holds, for its bell, the log and the metrics.
    const NAME: &'static str;
    /// A piece of work in our hands.
    type Piece: Send + Sync;

    /// Takes the next piece, if there is one.
    fn take(app: &App) -> impl Future<Output = Result<Option<Self::Piece>, Trouble>> + Send;

    /// Does the work; looks at `stop` between one step and the next.
    fn work(
        app: &App,
        piece: &Self::Piece,
        stop: &Stop,
    ) -> impl Future<Output = Result<Outcome, Trouble>> + Send;

    /// Gives the piece back untried.
    fn give_back(
        app: &App,
        piece: &Self::Piece,
    ) -> impl Future<Output = Result<(), Trouble>> + Send;

    /// Gives the piece back after a try in vain, to be tried again or never more.
    fn put_off(
        app: &App,
        piece: &Self::Piece,
        trouble: &Trouble,
    ) -> impl Future<Output = Result<(), Trouble>> + Send;
}

/// What became of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It failed for good, and that is written down.
    Failed,
    /// Another server has it by now; nothing was written.
    Lost,
    /// The server stops before it is done.
    Interrupted,
}

/// A queue of whatever type, as a domain lists it.
#[derive(Debug)]
pub struct Worker {
    /// What the queue holds.
    pub name: &'static str,
    run: fn(App, Stop) -> BoxFuture<'static, ()>,
}

impl Worker {
    /// Who works off this queue.
    pub const fn of<Q: Queue>() -> Self {
        Self { name: Q::NAME, run: |app, stop| work_off::<Q>(app, stop).boxed() }
    }
}

/// Works off the queues of all domains until the server stops.
pub async fn run(app: App, stop: Stop) {
    let workers = DOMAINS.iter().flat_map(|domain| domain.workers);
    join_all(workers.map(|worker| (worker.run)(app.clone(), stop.clone()))).await;
}

/// What came of looking into a queue.
enum Turn {
    Empty,
    Worked,
    /// The piece was put off.
    InVain,
}

async fn work_off<Q: Queue>(app: App, stop: Stop) {
    let mut troubles = 0;
    while !stop.is_done() {
        let turn = AssertUnwindSafe(timeout(PIECE_WITHIN, turn::<Q>(&app, &stop))).catch_unwind();
        let turn = tokio::select! {
            turn = turn => turn,
            () = stop.done_for(STOP_WITHIN) => return,
        };
        let turn = match turn {
            Ok(Ok(turn)) => turn,
            Ok(Err(_)) => Err(Trouble::no_answer()),
            Err(_) => Err(Trouble::crash()),
        };
        troubles = if turn.is_err() { troubles + 1 } else { 0 };
        match turn {
            Ok(Turn::Worked) => {}
            Ok(Turn::Empty) => tokio::select! {
                () = app.bells.heard(Q::NAME) => {}
                () = sleep(PAUSE + jitter()) => {}
                () = stop.done() => {}
            },
            Ok(Turn::InVain) => pause(PAUSE, &stop).await,
            Err(trouble) => {
                tell::<Q>(&app, &trouble, "cannot work");
                pause(LONGEST_PAUSE.min(PAUSE * 2_u32.saturating_pow(troubles)), &stop).await;
            }
        }
    }
}

/// Takes a piece, does it, and says what came of it.
async fn turn<Q: Queue>(app: &App, stop: &Stop) -> Result<Turn, Trouble> {
    let Some(piece) = Q::take(app).await? else { return Ok(Turn::Empty) };
    let work = AssertUnwindSafe(Q::work(app, &piece, stop)).catch_unwind();
    let (outcome, turn) = match work.await.unwrap_or_else(|_| Err(Trouble::crash())) {
        Ok(Outcome::Done) => ("done", Turn::Worked),
        Ok(Outcome::Failed) => ("failed", Turn::Worked),
        Ok(Outcome::Lost) => ("lost", Turn::Worked),
        Ok(Outcome::Interrupted) => {
            Q::give_back(app, &piece).await?;
            ("given_back", Turn::Worked)
        }
        Err(trouble) => {
            tell::<Q>(app, &trouble, "tried in vain");
            // In a server that stops, the fault need not be the piece's.
            match stop.is_done() {
                true => Q::give_back(app, &piece).await?,
                false => Q::put_off(app, &piece, &trouble).await?,
            }
            ("in_vain", Turn::InVain)
        }
    };
    metrics::work(Q::NAME, outcome);
    Ok(turn)
}

/// Writes it down, and forgets the connections that may be dead.
fn tell<Q: Queue>(app: &App, trouble: &Trouble, what: &str) {
    tracing::warn!(queue = Q::NAME, reason = trouble.reason(), "{what}");
    if trouble.is_lost_connection() {
        app.pool.discard_idle();
    }
}

async fn pause(time: Duration, stop: &Stop) {
    tokio::select! {
        () = sleep(time) => {}
        () = stop.done() => {}
    }
}

/// Servers that started together do not look at the same moments.
fn jitter() -> Duration {
    PAUSE.mul_f64(f64::from(u16::from_le_bytes(random())) / f64::from(u16::MAX) / 2.0)
}
