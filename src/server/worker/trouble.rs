//! Why work could not be done, in words that its owner may read.

use std::borrow::Cow;

use crate::rest::problem::Problem;

/// What went wrong with a piece of work; the log has the rest.
#[derive(Debug)]
pub struct Trouble {
    reason: Cow<'static, str>,
    lost_connection: bool,
}

impl Trouble {
    /// It is for its own reason that it cannot be done.
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { reason: reason.into(), lost_connection: false }
    }

    /// It panicked.
    pub const fn crash() -> Self {
        Self { reason: Cow::Borrowed("it crashed"), lost_connection: false }
    }

    /// The database said nothing for too long.
    pub(super) const fn no_answer() -> Self {
        Self { reason: Cow::Borrowed("it took too long"), lost_connection: true }
    }

    /// What went wrong, in a few words without anybody's data.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the database connection was lost on the way.
    pub const fn is_lost_connection(&self) -> bool {
        self.lost_connection
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        tracing::warn!(%error, "work failed in the database");
        let reason = match error.as_database_error().and_then(sqlx::error::DatabaseError::code) {
            Some(code) => format!("the database refused it ({code})").into(),
            None => "the database did not do it".into(),
        };
        Self { reason, lost_connection: Problem::from(error).is_lost_connection() }
    }
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Self {
        let lost_connection = problem.is_lost_connection();
        Self { reason: "no connection to the database was free".into(), lost_connection }
    }
}
