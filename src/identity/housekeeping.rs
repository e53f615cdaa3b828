//! What identity clears away once its time is over.

use futures_util::FutureExt;

use crate::registry::{Chore, Cleared};

/// Clears what has expired, a thousand rows per statement, so that none holds its locks for long.
pub const CHORES: &[Chore] = &[
    Chore {
        what: "sessions",
        clear: |conn| {
            sqlx::query_file_as!(Cleared, "sql/identity/sessions/clear.sql").fetch_one(conn).boxed()
        },
    },
    Chore {
        what: "one_time_tokens",
        clear: |conn| {
            sqlx::query_file_as!(Cleared, "sql/identity/one_time_tokens/clear.sql")
                .fetch_one(conn)
                .boxed()
        },
    },
    Chore {
        what: "login_failures",
        clear: |conn| {
            sqlx::query_file_as!(Cleared, "sql/identity/login_failures/clear.sql")
                .fetch_one(conn)
                .boxed()
        },
    },
    Chore {
        what: "idempotency_keys",
        clear: |conn| {
            sqlx::query_file_as!(Cleared, "sql/identity/idempotency_keys/clear.sql")
                .fetch_one(conn)
                .boxed()
        },
    },
];
