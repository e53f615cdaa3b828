//! Mail: the two messages that identity sends, and the senders behind one trait.

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
    /// The SMTP URL or the sender's address cannot be used; says why, without the password.
    #[error("SMTP: {0}")]
    Configuration(String),
    /// No answer within 10 seconds.
    #[error("the mail server did not answer within 10 seconds")]
    Timeout,
    /// Unreachable, or it refused; whether to try again is in the second field.
    #[error("the mail could not be sent ({})", if *.again { "for now" } else { "for good" })]
    Refused {
        /// What the SMTP client says; may quote the recipient.
        source: Box<lettre::transport::smtp::Error>,
        /// Whether trying again later makes sense (RFC 5321, 4yz replies and lost connections).
        again: bool,
    },
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

    /// Asks the owner of an address to confirm it, with a link to `{base_url}/verify-email#token=…`.
    ///
    /// # Errors
    /// [`MailError::Address`].
    pub fn verification(to: &str, token: &str, base_url: &str) -> Result<Self, MailError> {
        let link = link(base_url, "verify-email", token);
        let text = format!(
            "Hello,\n\nwelcome! Please confirm that this address is yours by opening this link:\n\n{link}\n\n\
             If you are asked for a code, it is\n\n{token}\n\n\
             Link and code work once, within the next 30 minutes.\n\n\
             If you did not sign up, you need not do anything: without this confirmation nothing happens.\n"
        );
        Self::new(to, "Please confirm your e-mail address", text)
    }

    /// Lets the owner of an account choose a new password, with a link to `{base_url}/reset-password#token=…`.
    ///
    /// # Errors
    /// [`MailError::Address`].
    pub fn password_reset(to: &str, token: &str, base_url: &str) -> Result<Self, MailError> {
        let link = link(base_url, "reset-password", token);
        let text = format!(
            "Hello,\n\nyou can choose a new password by opening this link:\n\n{link}\n\n\
             If you are asked for a code, it is\n\n{token}\n\n\
             Link and code work once, within the next 30 minutes. You will be signed out everywhere else.\n\n\
             If it was not you who asked for this, you need not do anything: your password stays as it is.\n"
        );
        Self::new(to, "Choose a new password", text)
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

    /// The body; carries the token.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Mail {
    /// Without recipient and body, so that a log cannot leak a token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// The token is in the fragment, which browsers send to no server: it gets into no access log and no `Referer`.
fn link(base_url: &str, page: &str, token: &str) -> String {
    format!("{}/{page}#token={token}", base_url.trim_end_matches('/'))
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
