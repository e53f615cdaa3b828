//! Mail: what is sent, and the senders behind one trait.

mod senders;

use std::fmt;
use std::pin::Pin;

use lettre::message::Mailbox;
use thiserror::Error;

pub use self::senders::{Console, Memory, Nowhere, Smtp};

/// Why a mail was not made or not sent. The texts name neither recipient nor content; `source` may.
#[derive(Debug, Error)]
pub enum MailError {
    /// Not an address (RFC 5321), or one that carries line breaks.
    #[error("the mail address is not valid")]
    Address,
    /// A control character in the subject.
    #[error("the subject of the mail is not one line of text")]
    Subject,
    /// No server for mail is set: nothing was sent.
    #[error("no mail was sent: TRELLIS_SMTP_URL is not set")]
    Nowhere,
    /// The SMTP URL or the sender's address cannot be used; says why, without the password.
    #[error("SMTP: {0}")]
    Configuration(String),
    /// No answer within 10 seconds.
    #[error("the mail server did not answer within 10 seconds")]
    Timeout,
    /// Unreachable, or it refused; whether to try again is in the second field.
    #[error("the mail could not be sent ({}{})", if *.again { "for now" } else { "for good" }, code(source))]
    Refused {
        /// What the SMTP client says; may quote the recipient.
        source: Box<lettre::transport::smtp::Error>,
        /// Whether trying again later makes sense (RFC 5321, 4yz replies and lost connections).
        again: bool,
    },
}

impl MailError {
    /// Whether trying again later makes sense.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Configuration(_) | Self::Timeout | Self::Refused { again: true, .. })
    }
}

/// The code of the reply, if there was one.
fn code(source: &lettre::transport::smtp::Error) -> String {
    source.status().map(|code| format!(", {code}")).unwrap_or_default()
}

/// A plain-text mail with a checked recipient and subject: nothing in it can become another header.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    to: Mailbox,
    subject: String,
    text: String,
}

impl Mail {
    /// A mail to one bare address (`someone@example.com`).
    ///
    /// # Errors
    /// [`MailError::Address`] or [`MailError::Subject`].
    pub fn new(to: &str, subject: &str, text: String) -> Result<Self, MailError> {
        let address = to.parse().map_err(|_| MailError::Address)?;
        if subject.chars().any(char::is_control) {
            return Err(MailError::Subject);
        }
        Ok(Self { to: Mailbox::new(None, address), subject: subject.to_owned(), text })
    }

    /// The recipient's address.
    #[must_use]
    pub fn to(&self) -> &str {
        self.to.email.as_ref()
    }

    /// The subject, one line.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The body.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Mail {
    /// Without recipient and body, so that a log can leak neither.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// What [`MailSender::send`] gives: a boxed future, so that senders are interchangeable behind `Arc<dyn MailSender>`.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), MailError>> + Send + 'a>>;

/// Sends mail. [`Console`] in `dev`, [`Smtp`] in `serve`, [`Memory`] in tests.
pub trait MailSender: Send + Sync {
    /// Sends one mail, or says within 10 seconds why not.
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a>;
}

#[cfg(test)]
mod tests;
