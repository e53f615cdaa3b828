//! Made-up users by the thousand, to measure with: 25 jobs each, with timelines and applications.
//!
//! Rows are made in one thread and copied over two connections, because a connection keeps one core busy: one adds a
//! batch of users with their jobs, the other what became of the jobs of the batch before. Each is one transaction. What
//! an interrupted run leaves without its second half, the next run removes.

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
use crate::{database::connect_owner, identity::secrets::password::Passwords, registry};

/// Jobs of each user.
const JOBS_EACH: u64 = 25;
/// Users in a transaction: while it runs, which is for less than the server's lock timeout, others wait to write.
const BATCH: u64 = 250;
/// One batch is copied while the next is made.
const BATCHES: usize = 2;
/// Bytes handed to the connection at once.
const CHUNK: usize = 256 * 1024;

const COPY_USERS: &str = include_str!("../../sql/seed/volume/copy_users.sql");
const COPY_ROLE_GRANTS: &str = include_str!("../../sql/seed/volume/copy_role_grants.sql");
const COPY_USER_PROFILES: &str = include_str!("../../sql/seed/volume/copy_user_profiles.sql");
const COPY_JOBS: &str = include_str!("../../sql/seed/volume/copy_jobs.sql");
const COPY_STATUS_CHANGES: &str = include_str!("../../sql/seed/volume/copy_status_changes.sql");
const COPY_APPLICATIONS: &str = include_str!("../../sql/seed/volume/copy_applications.sql");

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
    discard_halves(&mut conn).await?;
    let start = sqlx::query_file!("sql/seed/volume/start.sql").fetch_one(&mut conn).await?;
    let plan = Plan {
        first: start.last_number.cast_unsigned() + 1,
        users: u64::from(users),
        now: start.now.timestamp_micros().cast_unsigned(),
        password_hash,
    };

    let mut histories = connect_owner(url).await?;

    let bar = progress_bar(plan.users);
    let (empty, full) = generator(plan);
    let (begun, half) = mpsc::channel(1);
    let ((users, jobs), (status_changes, applications)) = tokio::try_join!(
        copy_jobs(&mut conn, users.into(), full, begun),
        copy_histories(&mut histories, &bar, half, empty),
    )?;
    bar.finish_and_clear();
    conn.close().await?;
    histories.close().await?;
    Ok(VolumeReport { users, jobs, status_changes, applications })
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

async fn discard_halves(conn: &mut PgConnection) -> Result<(), SeedError> {
    let tables: Vec<_> = registry::tables().collect();
    let mut tx = conn.begin().await?;
    disable_triggers(&mut tx, &tables).await?;
    sqlx::query_file!("sql/seed/volume/discard_halves.sql").execute(&mut *tx).await?;
    enable_triggers(&mut tx, &tables).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds users and their jobs, and hands each batch on; how many of both.
async fn copy_jobs(
    conn: &mut PgConnection,
    planned: u64,
    mut full: mpsc::Receiver<Batch>,
    begun: mpsc::Sender<Batch>,
) -> Result<(u64, u64), SeedError> {
    let tables = ["identity.users", "identity.role_grants", "coach.user_profiles", "coach.jobs"];
    let (mut users, mut jobs) = (0, 0);
    while users < planned {
        let batch = full.recv().await.ok_or(SeedError::Generator)?;
        let mut tx = conn.begin().await?;
        disable_triggers(&mut tx, &tables).await?;
        let first = users == 0;
        users += copy(&mut tx, COPY_USERS, &batch.users).await?;
        copy(&mut tx, COPY_ROLE_GRANTS, &batch.role_grants).await?;
        copy(&mut tx, COPY_USER_PROFILES, &batch.user_profiles).await?;
        jobs += copy(&mut tx, COPY_JOBS, &batch.jobs).await?;
        enable_triggers(&mut tx, &tables).await?;
        tx.commit().await?;
        if first || users == planned {
            // What was planned for empty tables would check the foreign keys of the whole run by bitmap scans.
            sqlx::query_file!("sql/seed/volume/vacuum_jobs.sql").execute(&mut *conn).await?;
        }
        // Where the other end is gone, so is the run.
        drop(begun.send(batch).await);
    }
    Ok((users, jobs))
}

/// Adds what became of the jobs, and gives each batch back to the generator; how many changes and applications.
async fn copy_histories(
    conn: &mut PgConnection,
    bar: &ProgressBar,
    mut half: mpsc::Receiver<Batch>,
    empty: std::sync::mpsc::Sender<Batch>,
) -> Result<(u64, u64), SeedError> {
    let tables = ["coach.status_changes", "coach.applications"];
    let (mut status_changes, mut applications) = (0, 0);
    while let Some(batch) = half.recv().await {
        let mut tx = conn.begin().await?;
        disable_triggers(&mut tx, &tables).await?;
        status_changes += copy(&mut tx, COPY_STATUS_CHANGES, &batch.status_changes).await?;
        applications += copy(&mut tx, COPY_APPLICATIONS, &batch.applications).await?;
        enable_triggers(&mut tx, &tables).await?;
        tx.commit().await?;
        bar.inc(batch.len());
        // The generator is gone after the last batch.
        drop(empty.send(batch));
    }
    sqlx::query_file!("sql/seed/volume/vacuum_histories.sql").execute(conn).await?;
    Ok((status_changes, applications))
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
