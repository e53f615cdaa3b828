//! What a notification says: with whom and when, and nothing of why, or of anybody's health.

use super::lease::Lease;
use crate::channels::Notice;

/// Line breaks, and what changes the direction of writing.
fn misleading(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl Lease {
    /// The text for whoever is told.
    pub fn notice(&self) -> Notice {
        let (subject, sentence) = self.words();
        // Names are free: nothing in them begins a line of its own.
        let sentence = sentence.replace(misleading, " ");
        Notice {
            user: self.owner,
            recipient: self.recipient.clone(),
            subject,
            text: format!("Hello,\n\n{sentence}\n\nOpen the app for all about it.\n"),
        }
    }

    /// A subject and a sentence.
    fn words(&self) -> (String, String) {
        let (about, happened) = self.template_key.split_once('.').unwrap_or_default();
        let happened = match happened {
            "waiting_on_customer" => "waiting for your answer".into(),
            other => other.replace('_', " "),
        };
        match about {
            "appointment" => self.appointment(&happened),
            "waitlist" => (
                "A time is free for you".into(),
                format!(
                    "a time{} that you wait for is free: {}. It is held for you until {}; accept it before.",
                    self.with(),
                    self.when(),
                    self.held_until.as_deref().unwrap_or("then"),
                ),
            ),
            "message" => (
                "You have a message".into(),
                format!("a message waits for you in a conversation{}.", self.with()),
            ),
            "credential" => {
                let kind = self.credential.as_deref().unwrap_or("document");
                (
                    format!("A credential is {happened}"),
                    format!("a credential of yours ({kind}) is {happened}."),
                )
            }
            "provider" => (
                format!("Your profile is {happened}"),
                format!("your profile as a provider is {happened}."),
            ),
            "ticket" => {
                let ticket = self.ticket.as_deref().unwrap_or("of yours");
                (
                    format!("Your ticket is {happened}"),
                    format!("the ticket {ticket} is {happened}."),
                )
            }
            _ => ("There is news for you".into(), "there is news for you.".into()),
        }
    }

    fn appointment(&self, happened: &str) -> (String, String) {
        let (with, when) = (self.with(), self.when());
        match happened {
            "rescheduled" => (
                "Your appointment was moved".into(),
                format!("the appointment{with} was moved to another time: {when}."),
            ),
            "no show" => (
                "An appointment was missed".into(),
                format!("the appointment{with} was missed: {when}."),
            ),
            _ => (
                format!("Your appointment is {happened}"),
                format!("the appointment{with} is {happened}: {when}."),
            ),
        }
    }

    fn with(&self) -> String {
        self.provider.as_ref().map(|name| format!(" with {name}")).unwrap_or_default()
    }

    fn when(&self) -> &str {
        self.start.as_deref().unwrap_or("see the app for the time")
    }
}

#[cfg(test)]
mod tests;
