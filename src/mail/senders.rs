//! Where mail goes: to the console, into memory, or to an SMTP server.

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use tokio::time::timeout;
use uuid::Uuid;

use super::{Mail, MailError, MailSender, Sending};

/// Connecting, greeting and handing over together.
const PATIENCE: Duration = Duration::from_secs(10);

/// Prints mail on standard output, for `trellis dev`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Console;

impl MailSender for Console {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        let rule = "─".repeat(72);
        let text =
            format!("{rule}\nMail to {}: {}\n\n{}{rule}\n", mail.to(), mail.subject(), mail.text());
        // A closed console is no reason to fail a registration.
        let _ = std::io::stdout().write_all(text.as_bytes());
        Box::pin(async { Ok(()) })
    }
}

/// Sends nothing and says so, where no server for it is set.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nowhere;

impl MailSender for Nowhere {
    fn send<'a>(&'a self, _: &'a Mail) -> Sending<'a> {
        Box::pin(async { Err(MailError::Nowhere) })
    }
}

/// Keeps mail, for tests.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Vec<Mail>>);

impl Memory {
    /// Everything sent so far, oldest first.
    #[must_use]
    pub fn messages(&self) -> Vec<Mail> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl MailSender for Memory {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
        Box::pin(async { Ok(()) })
    }
}

/// Hands mail to an SMTP server (RFC 5321), over TLS verified against the system's roots. One connection per mail.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    pub(super) patience: Duration,
}

impl Smtp {
    /// A sender for `url`: `smtps://user:password@host:465`, `smtp://user:password@host:587?tls=required` (STARTTLS),
    /// or `smtp://localhost:25` without user and encryption; user and password are percent-encoded. A path is the name
    /// given in EHLO (else the domain of `from`). `from` is an address, `Trellis <noreply@example.com>` if you like.
    ///
    /// # Errors
    /// [`MailError::Configuration`]; a password that would travel in the clear is refused.
    pub fn new(url: &str, from: &str) -> Result<Self, MailError> {
        let wrong = |why: &str| MailError::Configuration(why.to_owned());
        let from: Mailbox = from.parse().map_err(|_| wrong("the sender's address is not valid"))?;
        let (_, rest) = url
            .split_once("://")
            .ok_or_else(|| wrong("the URL begins with smtps:// or smtp://"))?;
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        if address.contains('@') && !encrypted(url, query) {
            return Err(wrong("a password needs smtps:// or ?tls=required"));
        }
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| wrong(&error.to_string()))?;
        if address.split_once('/').is_none_or(|(_, name)| name.is_empty()) {
            builder = builder.hello_name(ClientId::Domain(from.email.domain().to_owned()));
        }
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from, patience: PATIENCE })
    }

    fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let message_id = format!("<{}@{}>", Uuid::now_v7(), self.from.email.domain());
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .message_id(Some(message_id))
            .from(self.from.clone())
            .to(mail.to.clone())
            .subject(mail.subject())
            // So that no holiday notice comes back (RFC 3834).
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text().to_owned())
            .map_err(|error| MailError::Configuration(error.to_string()))
    }

    async fn deliver(&self, mail: &Mail) -> Result<(), MailError> {
        match timeout(self.patience, self.transport.send(self.message(mail)?)).await {
            Err(_) => Err(MailError::Timeout),
            Ok(Err(error)) if error.is_timeout() => Err(MailError::Timeout),
            Ok(Err(error)) => {
                Err(MailError::Refused { again: !error.is_permanent(), source: Box::new(error) })
            }
            Ok(Ok(_)) => Ok(()),
        }
    }
}

/// Whether lettre sends nothing before the connection is encrypted: it goes by the first `tls`, and not by a fragment.
fn encrypted(url: &str, query: &str) -> bool {
    let required =
        query.split('&').find(|option| option.starts_with("tls=")) == Some("tls=required");
    url.starts_with("smtps://") || (required && !url.contains('#'))
}

impl MailSender for Smtp {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(self.deliver(mail))
    }
}
