//! Counts what must not be tried too often, per account and per network address.
//!
//! After 5 failures of an account, or 20 of an address, nothing more is tried for 10 seconds, doubled
//! by each further failure up to 15 minutes. An account's count is forgotten at its next success, or
//! after a day; an address's an hour after it began.

use std::net::{IpAddr, Ipv6Addr};

use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use crate::rest::problem::{self, Problem, Result};

/// What is tried; each is counted on its own.
#[derive(Debug, Clone, Copy)]
pub enum Attempt {
    /// A password.
    SignIn,
    /// A password once more, by somebody signed in, before a change that needs it.
    Proof,
    /// The answer to a security question.
    Answer,
    /// A mail to choose a new password.
    ResetMail,
    /// A mail to verify the address.
    VerificationMail,
}

/// Whose tries are counted: of an account by what it was called, and of an address.
#[derive(Debug, Clone, Copy)]
pub struct Subjects {
    /// Of the account; there need not be one.
    pub account: [u8; 32],
    /// Of the address.
    pub address: [u8; 32],
}

impl Subjects {
    /// `account` is what the client calls it, in whatever case.
    pub fn new(attempt: Attempt, account: &str, ip: IpAddr) -> Self {
        Self {
            account: hash(attempt, &account.to_lowercase()),
            address: hash(attempt, &network(ip).to_string()),
        }
    }
}

/// Counts a failed sign-in, however many run at once and whether blocked or not.
pub async fn failed(conn: &mut PgConnection, subjects: &Subjects) -> Result<()> {
    count(conn, subjects, true).await?;
    Ok(())
}

/// Counts a try before it is made; 429 while too many were made already.
pub async fn admit(conn: &mut PgConnection, subjects: &Subjects) -> Result<()> {
    count(conn, subjects, false).await?.map_or(Ok(()), |seconds| Err(blocked(seconds)))
}

/// Forgets what was counted, after a success.
pub async fn forget(conn: &mut PgConnection, subjects: &Subjects) -> Result<()> {
    sqlx::query_file_scalar!(
        "sql/identity/login_failures/forget.sql",
        &subjects.account[..],
        &subjects.address[..],
    )
    .fetch_all(conn)
    .await?;
    Ok(())
}

/// 429 for so many seconds.
pub fn blocked(seconds: i64) -> Problem {
    Problem::new(&problem::TOO_MANY).retry_after(u64::try_from(seconds).unwrap_or(1).max(1))
}

async fn count(
    conn: &mut PgConnection,
    subjects: &Subjects,
    even_blocked: bool,
) -> sqlx::Result<Option<i64>> {
    sqlx::query_file_scalar!(
        "sql/identity/login_failures/count.sql",
        &subjects.account[..],
        &subjects.address[..],
        even_blocked,
    )
    .fetch_one(conn)
    .await
}

fn hash(attempt: Attempt, subject: &str) -> [u8; 32] {
    let label = match attempt {
        Attempt::SignIn => "sign-in",
        Attempt::Proof => "proof",
        Attempt::Answer => "answer",
        Attempt::ResetMail => "reset mail",
        Attempt::VerificationMail => "verification mail",
    };
    Sha256::new().chain_update(label).chain_update([0]).chain_update(subject).finalize().into()
}

/// Whoever has one IPv6 address mostly has the whole /64.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64).into(),
    }
}
