//! Where mail goes: to the console, into memory, or to an SMTP server.

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use tokio::time::timeout;

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
        let wrong = |why: String| MailError::Configuration(why);
        let from: Mailbox =
            from.parse().map_err(|_| wrong("the sender's address is not valid".to_owned()))?;
        let (_, rest) = url
            .split_once("://")
            .ok_or_else(|| wrong("the URL begins with smtps:// or smtp://".to_owned()))?;
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let encrypted =
            url.starts_with("smtps://") || query.split('&').any(|option| option == "tls=required");
        if address.contains('@') && !encrypted {
            return Err(wrong("a password needs smtps:// or ?tls=required".to_owned()));
        }
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| wrong(error.to_string()))?;
        let named = address.split_once('/').is_some_and(|(_, name)| !name.is_empty());
        if !named {
            builder = builder.hello_name(ClientId::Domain(from.email.domain().to_owned()));
        }
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).build(), from, patience: PATIENCE })
    }

    async fn deliver(&self, mail: &Mail) -> Result<(), MailError> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(mail.to.clone())
            .subject(mail.subject())
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text().to_owned())
            .map_err(|error| MailError::Configuration(error.to_string()))?;
        match timeout(self.patience, self.transport.send(message)).await {
            Err(_) => Err(MailError::Timeout),
            Ok(Err(error)) if error.is_timeout() => Err(MailError::Timeout),
            Ok(Err(error)) => {
                Err(MailError::Refused { again: !error.is_permanent(), source: Box::new(error) })
            }
            Ok(Ok(_)) => Ok(()),
        }
    }
}

impl MailSender for Smtp {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(self.deliver(mail))
    }
}
