//! Made-up users by the thousand, to measure with: 25 jobs each, with timelines and applications.
//!
//! Rows are made in one thread and copied in another, a batch at a time; a batch is one transaction, so that an
//! interrupted run leaves whole users only.

mod batch;
mod random;
mod rows;
mod timeline;
mod trades;
mod words;

use std::fmt;

use indicatif::{ProgressBar, ProgressStyle};
use sqlx::{Connection, PgConnection};
use tokio::sync::mpsc;

use self::{
    batch::{Batch, Plan},
    rows::Rows,
};
use super::{DEMO_PASSWORD, SeedError, disable_triggers, enable_triggers};
use crate::{database::connect_owner, identity::secrets::password::Passwords};

/// Jobs of each user.
const JOBS_EACH: u64 = 25;
/// Users in a transaction: while it runs, which is for less than the server's lock timeout, others wait to write.
const BATCH: u64 = 250;
/// One batch is copied while the next is made.
const BATCHES: usize = 2;
/// Bytes handed to the connection at once.
const CHUNK: usize = 256 * 1024;

/// What [`volume`] added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VolumeReport {
    /// Users, each with a profile.
    pub users: u64,
    /// Jobs.
    pub jobs: u64,
    /// Entries of the jobs' timelines.
    pub status_changes: u64,
    /// Applications.
    pub applications: u64,
}

impl fmt::Display for VolumeReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { users, jobs, status_changes, applications } = self;
        write!(
            formatter,
            "Added {users} users, {jobs} jobs, {status_changes} changes of status, {applications} applications."
        )
    }
}

/// Adds so many made-up users, `volume-1@example.com` and on from where the last run stopped, all with
/// [`DEMO_PASSWORD`]. `url` is a login that may become the owner. Shows its progress on a terminal.
pub async fn volume(
    url: &str,
    users: u32,
    passwords: &Passwords,
) -> Result<VolumeReport, SeedError> {
    let password_hash = passwords.hash(DEMO_PASSWORD).await?;
    let mut conn = connect_owner(url).await?;
    sqlx::query_file!("sql/seed/volume/lock.sql").fetch_one(&mut conn).await?;
    let start = sqlx::query_file!("sql/seed/volume/start.sql").fetch_one(&mut conn).await?;
    let plan = Plan {
        first: start.last_number.cast_unsigned() + 1,
        users: u64::from(users),
        now: start.now.timestamp_micros().cast_unsigned(),
        password_hash,
    };

    let bar = progress_bar(plan.users);
    let mut report = VolumeReport::default();
    let (empty, mut full) = generator(plan);
    while report.users < u64::from(users) {
        let batch = full.recv().await.ok_or(SeedError::Generator)?;
        copy_batch(&mut conn, &batch, &mut report).await?;
        if report.users == BATCH && u64::from(users) > BATCH {
            // What was planned for empty tables would check the foreign keys of the whole run by bitmap scans.
            vacuum(&mut conn).await?;
        }
        bar.set_position(report.users);
        // The generator is gone after the last batch.
        drop(empty.send(batch));
    }
    bar.set_message("vacuum analyze");
    vacuum(&mut conn).await?;
    bar.finish_and_clear();
    conn.close().await?;
    Ok(report)
}

/// A thread that fills batches, and where to give them back; it ends when nobody takes them any more.
fn generator(plan: Plan) -> (std::sync::mpsc::Sender<Batch>, mpsc::Receiver<Batch>) {
    let (give_back, empty) = std::sync::mpsc::channel();
    let (full, take) = mpsc::channel(BATCHES);
    for _ in 0..BATCHES {
        drop(give_back.send(Batch::default()));
    }
    std::thread::spawn(move || {
        let mut start = 0;
        while start < plan.users {
            let Ok(mut batch) = empty.recv() else { return };
            let end = (start + BATCH).min(plan.users);
            batch.fill(&plan, start, end);
            if full.blocking_send(batch).is_err() {
                return;
            }
            start = end;
        }
    });
    (give_back, take)
}

async fn vacuum(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_file!("sql/seed/volume/vacuum.sql").execute(conn).await?;
    Ok(())
}

async fn copy_batch(
    conn: &mut PgConnection,
    batch: &Batch,
    report: &mut VolumeReport,
) -> sqlx::Result<()> {
    let tables = [
        (include_str!("../../sql/seed/volume/copy_users.sql"), &batch.users),
        (include_str!("../../sql/seed/volume/copy_role_grants.sql"), &batch.role_grants),
        (include_str!("../../sql/seed/volume/copy_user_profiles.sql"), &batch.user_profiles),
        (include_str!("../../sql/seed/volume/copy_jobs.sql"), &batch.jobs),
        (include_str!("../../sql/seed/volume/copy_status_changes.sql"), &batch.status_changes),
        (include_str!("../../sql/seed/volume/copy_applications.sql"), &batch.applications),
    ];
    let mut copied = [0; 6];
    let mut tx = conn.begin().await?;
    disable_triggers(&mut tx).await?;
    for (count, (statement, rows)) in copied.iter_mut().zip(tables) {
        *count = copy(&mut tx, statement, rows).await?;
    }
    enable_triggers(&mut tx).await?;
    tx.commit().await?;
    let [users, _, _, jobs, status_changes, applications] = copied;
    report.users += users;
    report.jobs += jobs;
    report.status_changes += status_changes;
    report.applications += applications;
    Ok(())
}

async fn copy(conn: &mut PgConnection, statement: &str, rows: &Rows) -> sqlx::Result<u64> {
    let mut copy = conn.copy_in_raw(statement).await?;
    for chunk in rows.bytes().chunks(CHUNK) {
        copy.send(chunk).await?;
    }
    copy.finish().await
}

/// On a terminal alone; silent elsewhere.
fn progress_bar(users: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} users, {eta} left {msg}");
    ProgressBar::new(users).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
