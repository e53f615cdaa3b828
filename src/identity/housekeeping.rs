//! What identity clears away once its time is over.

use futures_util::FutureExt;

use crate::registry::{Chore, Cleared};

/// How many rows a statement clears at most, so that it holds no lock for long.
const ROWS: i64 = 1000;

/// Clears what has expired.
pub const CHORES: &[Chore] = &[
    Chore {
        what: "sessions",
        clear: |conn| {
            sqlx::query_file_as!(Cleared, "sql/identity/sessions/clear.sql", ROWS)
                .fetch_one(conn)
                .boxed()
        },
    },
    Chore {
        what: "one_time_tokens",
        clear: |conn| {
            sqlx::query_file_as!(Cleared, "sql/identity/one_time_tokens/clear.sql", ROWS)
                .fetch_one(conn)
                .boxed()
        },
    },
    Chore {
        what: "login_failures",
        clear: |conn| {
            sqlx::query_file_as!(Cleared, "sql/identity/login_failures/clear.sql", ROWS)
                .fetch_one(conn)
                .boxed()
        },
    },
    Chore {
        what: "idempotency_keys",
        clear: |conn| {
            sqlx::query_file_as!(Cleared, "sql/identity/idempotency_keys/clear.sql", ROWS)
                .fetch_one(conn)
                .boxed()
        },
    },
];
