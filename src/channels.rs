//! The ways to tell somebody something: mail, and whatever else is set up, behind one trait.

use std::{borrow::Cow, fmt, io::Write as _, sync::Arc};

use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::mail::{Mail, MailError, MailSender};

/// What somebody is told.
pub struct Notice {
    /// Who is told.
    pub user: Uuid,
    /// The address or number that it goes to; none where the channel knows by the user.
    pub recipient: Option<String>,
    /// What it is about, in a line.
    pub subject: String,
    /// What there is to say.
    pub text: String,
}

impl fmt::Debug for Notice {
    /// Without recipient and text, so that a log can leak neither.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notice").field("user", &self.user).finish_non_exhaustive()
    }
}

/// Why a notice was not delivered.
#[derive(Debug)]
pub struct Undelivered {
    /// In a few words that name neither the recipient nor what was said.
    pub reason: Cow<'static, str>,
    /// Whether it makes sense to try again.
    pub again: bool,
}

impl Undelivered {
    /// Nothing leads there.
    pub fn no_sender(channel: &str) -> Self {
        Self { reason: format!("no sender for {channel} is set up").into(), again: false }
    }
}

impl From<MailError> for Undelivered {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Nowhere => Self::no_sender("email"),
            error => Self { again: error.is_passing(), reason: error.to_string().into() },
        }
    }
}

/// Delivers notices.
pub trait Channel: Send + Sync {
    /// Delivers one, or says within 20 seconds why not.
    fn deliver<'a>(&'a self, notice: &'a Notice) -> BoxFuture<'a, Result<(), Undelivered>>;
}

impl Channel for Arc<dyn MailSender> {
    fn deliver<'a>(&'a self, notice: &'a Notice) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async {
            let to = notice.recipient.as_deref().unwrap_or_default();
            let mail = Mail::new(to, &notice.subject, notice.text.clone())?;
            Ok(self.send(&mail).await?)
        })
    }
}

/// The channels beside mail. One that is absent delivers nothing, and whoever asks is told so.
#[derive(Clone, Default)]
pub struct Channels {
    /// Text messages to telephones.
    pub sms: Option<Arc<dyn Channel>>,
    /// What pops up on a device.
    pub push: Option<Arc<dyn Channel>>,
}

impl Channels {
    /// All of them print on standard output, for `trellis dev`.
    pub fn console() -> Self {
        Self { sms: Some(Arc::new(Console("Text message"))), push: Some(Arc::new(Console("Push"))) }
    }
}

/// Prints notices on standard output; its name for them.
struct Console(&'static str);

impl Channel for Console {
    fn deliver<'a>(&'a self, notice: &'a Notice) -> BoxFuture<'a, Result<(), Undelivered>> {
        let rule = "─".repeat(72);
        let to = notice.recipient.clone().unwrap_or_else(|| notice.user.to_string());
        let text =
            format!("{rule}\n{} to {to}: {}\n\n{}{rule}\n", self.0, notice.subject, notice.text);
        // A closed console is no reason to try again.
        let _ = std::io::stdout().write_all(text.as_bytes());
        Box::pin(async { Ok(()) })
    }
}
