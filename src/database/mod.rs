//! Everything about PostgreSQL that is not a query.

mod connect;
mod diagrams;
mod error;
pub mod jsonb;
pub mod local;
mod migrate;
mod partitions;
mod pattern;
mod pool;
mod timestamp;

pub use connect::{APP_ROLE, OWNER_ROLE, app_options, connect_owner, owner_options};
pub use diagrams::{NoPlace, diagrams, place};
pub use migrate::{MigrateError, expected_version, migrate, pending};
pub use partitions::{drop_old_audit_partitions, ensure_audit_partitions};
pub use pattern::literal;
pub use pool::{Connection, Pool};
pub use timestamp::Timestamp;
