//! The HTTP server: routes, layers, its own accept loop, health and metrics; and what it does in the background.

mod accept;
mod docs;
mod health;
pub mod housekeeping;
mod layers;
pub mod metrics;
mod pooler;
mod router;
mod to_the_end;
pub mod worker;

pub use accept::{Peer, run};
pub use pooler::{PoolerError, check_pooler};
pub use router::{openapi, router};
