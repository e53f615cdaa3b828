//! The HTTP server: routes, layers, its own accept loop, health and metrics.

mod accept;
mod docs;
mod health;
pub mod housekeeping;
mod layers;
pub mod metrics;
mod pooler;
mod router;
mod to_the_end;

pub use accept::{Peer, run};
pub use pooler::{PoolerError, check_pooler};
pub use router::{openapi, router};
