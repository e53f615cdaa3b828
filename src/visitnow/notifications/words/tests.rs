use uuid::Uuid;

use super::*;
use crate::visitnow::NotificationChannel;

/// A notification of this template with all that one may name.
fn lease(template: &str) -> Lease {
    Lease {
        owner: Uuid::nil(),
        id: Uuid::nil(),
        attempt: 1,
        channel: NotificationChannel::Email,
        recipient: Some("ada@example.com".into()),
        template_key: template.into(),
        provider: Some("Dr. Mia".into()),
        start: Some("Friday, 2 January 2026, 14:30 (Europe/Berlin)".into()),
        held_until: Some("Thursday, 1 January 2026, 9:15 (Europe/Berlin)".into()),
        ticket: Some("VN-2026-000123".into()),
        credential: Some("license".into()),
    }
}

#[test]
fn every_template_has_its_words() {
    const AT: &str = "Friday, 2 January 2026, 14:30 (Europe/Berlin)";
    for (template, subject, sentence) in [
        (
            "appointment.requested",
            "Your appointment is requested",
            "the appointment with Dr. Mia is requested: AT.",
        ),
        (
            "appointment.cancelled",
            "Your appointment is cancelled",
            "the appointment with Dr. Mia is cancelled: AT.",
        ),
        (
            "appointment.checked_in",
            "Your appointment is checked in",
            "the appointment with Dr. Mia is checked in: AT.",
        ),
        (
            "appointment.rescheduled",
            "Your appointment was moved",
            "the appointment with Dr. Mia was moved to another time: AT.",
        ),
        (
            "appointment.no_show",
            "An appointment was missed",
            "the appointment with Dr. Mia was missed: AT.",
        ),
        (
            "waitlist.offered",
            "A time is free for you",
            "a time with Dr. Mia that you wait for is free: AT. It is held for you until \
             Thursday, 1 January 2026, 9:15 (Europe/Berlin); accept it before.",
        ),
        (
            "message.received",
            "You have a message",
            "a message waits for you in a conversation with Dr. Mia.",
        ),
        (
            "credential.rejected",
            "A credential is rejected",
            "a credential of yours (license) is rejected.",
        ),
        ("provider.active", "Your profile is active", "your profile as a provider is active."),
        (
            "ticket.in_progress",
            "Your ticket is in progress",
            "the ticket VN-2026-000123 is in progress.",
        ),
        (
            "ticket.waiting_on_customer",
            "Your ticket is waiting for your answer",
            "the ticket VN-2026-000123 is waiting for your answer.",
        ),
        ("anything.else", "There is news for you", "there is news for you."),
        ("unheard", "There is news for you", "there is news for you."),
    ] {
        let notice = lease(template).notice();
        let sentence = sentence.replace("AT", AT);
        assert_eq!(notice.subject, subject, "{template}");
        let text = format!("Hello,\n\n{sentence}\n\nOpen the app for all about it.\n");
        assert_eq!(notice.text, text, "{template}");
        assert_eq!(notice.recipient.as_deref(), Some("ada@example.com"));
        assert!(!format!("{notice:?}").contains("ada"), "a log could name somebody");
    }
}

#[test]
fn what_is_not_known_is_not_named() {
    let bare = |template: &str| Lease {
        provider: None,
        start: None,
        held_until: None,
        ticket: None,
        credential: None,
        ..lease(template)
    };
    for (template, sentence) in [
        ("appointment.confirmed", "the appointment is confirmed: see the app for the time."),
        ("message.received", "a message waits for you in a conversation."),
        ("credential.expired", "a credential of yours (document) is expired."),
        ("ticket.closed", "the ticket of yours is closed."),
    ] {
        let text = bare(template).notice().text;
        assert!(text.contains(sentence), "{text}");
    }
}

#[test]
fn a_name_begins_no_line_of_its_own() {
    let named =
        Lease { provider: Some("X\r\n\r\nBuy pills\u{85}".into()), ..lease("message.received") };
    let text = named.notice().text;
    assert!(text.contains("with X    Buy pills ."), "{text}");
}
