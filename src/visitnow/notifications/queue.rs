//! The queue of notifications: a server hands them on, one at a time.

use super::{NotificationChannel, lease::Lease};
use crate::{
    App,
    channels::{Channel, Undelivered},
    server::{
        metrics,
        worker::{Outcome, Queue, Stop, Trouble},
    },
};

/// How often a notification is tried.
const ATTEMPTS: i32 = 5;

/// The notifications of all users that are not on their way yet.
#[derive(Debug)]
pub struct Deliveries;

impl Queue for Deliveries {
    const NAME: &'static str = "notifications";
    type Piece = Lease;

    async fn take(app: &App) -> Result<Option<Lease>, Trouble> {
        Ok(Lease::next(&mut *app.pool.get().await?).await?)
    }

    /// Holds no connection while it delivers. Should the server end before it has written down that it did, another one
    /// delivers it again.
    async fn work(app: &App, lease: &Lease, stop: &Stop) -> Result<Outcome, Trouble> {
        if stop.is_done() {
            return Ok(Outcome::Interrupted);
        }
        let delivered = match sender(app, lease.channel) {
            // Whoever tried it the last time did not come to an end.
            _ if lease.attempt > ATTEMPTS => {
                Err(Undelivered { reason: "it was not done within a minute".into(), again: false })
            }
            None => Err(Undelivered::no_sender(lease.channel.name())),
            Some(sender) => sender.deliver(&lease.notice()).await,
        };
        let conn = &mut *app.pool.get().await?;
        let (written, outcome) = match delivered {
            Ok(()) => (lease.sent(conn).await?, Outcome::Done),
            Err(Undelivered { reason, again: true }) => return Err(Trouble::new(reason)),
            Err(Undelivered { reason, .. }) => (lease.fail(conn, &reason).await?, Outcome::Failed),
        };
        Ok(written.map_or(Outcome::Lost, |_| outcome))
    }

    async fn give_back(app: &App, lease: &Lease) -> Result<(), Trouble> {
        lease.give_back(&mut *app.pool.get().await?).await?;
        Ok(())
    }

    async fn put_off(app: &App, lease: &Lease, trouble: &Trouble) -> Result<(), Trouble> {
        let mut conn = app.pool.get().await?;
        if lease.attempt < ATTEMPTS {
            lease.retry(&mut conn, trouble.reason()).await?;
            return Ok(());
        }
        let reason = format!("tried {ATTEMPTS} times; the last time: {}", trouble.reason());
        if lease.fail(&mut conn, &reason).await?.is_some() {
            metrics::work(Self::NAME, "failed");
        }
        Ok(())
    }
}

/// Who delivers by this channel.
fn sender(app: &App, channel: NotificationChannel) -> Option<&dyn Channel> {
    match channel {
        NotificationChannel::Email => Some(&app.mailer),
        NotificationChannel::Sms => app.channels.sms.as_deref(),
        NotificationChannel::Push => app.channels.push.as_deref(),
        NotificationChannel::InApp => None,
    }
}

impl NotificationChannel {
    /// As it is written in JSON.
    const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Push => "push",
            Self::InApp => "in_app",
        }
    }
}
