use serde_json::{Value, json};
use uuid::Uuid;

use super::{letters, once, told};
use crate::{
    faults::until,
    support::{Caller, TestApp, User, assert_holds},
    visitnow::{
        conversations::begun,
        people::{Patient, Practice, in_hours, inserted, patient, practice, slot, slot_at},
    },
};

/// Books a slot by hand.
async fn book(practice: &Practice<'_>, patient: &Patient<'_>, slot: Uuid) -> Uuid {
    let insert = format!(
        "visitnow.appointments (patient_id, provider_id, slot_id, scheduled_start, scheduled_end, channel, reason)
         values ('{}', '{}', '{slot}', now(), now() + interval '1 minute', 'video', 'a rash')",
        patient.id, practice.id
    );
    inserted(practice.app, &insert).await
}

async fn prefer(patient: &Patient<'_>, channels: &Value) {
    let sql = format!(
        "insert into visitnow.preferences (patient_id, channels) values ('{0}', '{channels}')
         on conflict (patient_id) do update set channels = '{channels}'",
        patient.id
    );
    patient.app.execute(&sql).await;
}

/// The channels by which somebody was told, in order.
async fn channels(user: &User<'_>) -> Vec<String> {
    let mut names: Vec<String> =
        told(user, "").await.iter().map(|one| one["channel"].as_str().unwrap().into()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn both_sides_hear_of_a_booking_by_mail_and_in_the_app() {
    let app = TestApp::new().await;
    let (mia, ann, bob) =
        (practice(&app, "mia").await, patient(&app, "ann").await, patient(&app, "bob").await);
    // In summer, in Berlin.
    let appointment = book(&mia, &ann, slot_at(&mia, "2031-07-01T10:00:00Z").await).await;
    let _stop = app.work();
    // Whoever it is with knows who they are.
    for (side, name, with) in [(&ann.user, Some("mia"), " with mia"), (&mia.doctor, None, "")] {
        assert_eq!(channels(side).await, ["email", "in_app"]);
        let sent = once(side, "sent", 1).await;
        assert_holds(&sent, &json!({"templateKey": "appointment.requested", "reason": null}));
        let meta = json!({"appointmentId": appointment, "timeZone": "Europe/Berlin"});
        assert_holds(&sent["meta"], &meta);
        assert_eq!(sent["meta"].get("providerName"), name.map(|name| json!(name)).as_ref());
        let letters = letters(&app, side);
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].subject(), "Your appointment is requested");
        let sentence = format!(
            "the appointment{with} is requested: Tuesday, 1 July 2031, 12:00 (Europe/Berlin)."
        );
        assert!(letters[0].text().contains(&sentence), "{}", letters[0].text());
        assert!(
            !format!("{sent}{}", letters[0].text()).contains("rash"),
            "nothing of anybody's health"
        );
    }
    assert_eq!(told(&bob, "").await, Vec::<Value>::new());
    assert_eq!(app.mail.messages().len(), 2);
}

#[tokio::test]
async fn a_patient_is_told_as_they_prefer() {
    let app = TestApp::new().await;
    let (mia, ann) = (practice(&app, "mia").await, patient(&app, "ann").await);
    app.execute(&format!(
        "update identity.users set phone = '+351910000000' where id = '{}'",
        ann.user.id
    ))
    .await;
    for (hour, (wanted, expected)) in [
        (
            json!({"email": true, "sms": true, "push": true, "inApp": true}),
            vec!["email", "in_app", "push", "sms"],
        ),
        (json!({"sms": true, "email": false}), vec!["sms"]),
        (json!({"inApp": true}), vec!["in_app"]),
        (json!({}), vec![]),
    ]
    .into_iter()
    .enumerate()
    {
        app.execute("delete from visitnow.notifications").await;
        prefer(&ann, &wanted).await;
        book(&mia, &ann, slot(&mia, 24 + i64::try_from(hour).unwrap()).await).await;
        assert_eq!(channels(&ann).await, expected, "{wanted}");
        assert_eq!(channels(&mia).await, ["email", "in_app"]);
    }
    prefer(&ann, &json!({"sms": true, "email": true})).await;
    app.execute("delete from visitnow.notifications; update identity.users set phone = null").await;
    book(&mia, &ann, slot(&mia, 48).await).await;
    assert_eq!(channels(&ann).await, ["email"], "there is no number");
}

#[tokio::test]
async fn an_address_as_long_as_any_keeps_nobody_from_a_booking() {
    let app = TestApp::new().await;
    let (mia, ann) = (practice(&app, "mia").await, patient(&app, "ann").await);
    let long = format!("{}@{}.example", "a".repeat(60), "b".repeat(185));
    app.execute(&format!(
        "update identity.users set email = '{long}' where id = '{}'",
        ann.user.id
    ))
    .await;
    book(&mia, &ann, slot(&mia, 24).await).await;
    assert_holds(&told(&ann, "channel=email").await[0], &json!({"recipient": long}));
}

#[tokio::test]
async fn an_offer_is_told_for_as_long_as_the_slot_is_held() {
    let app = TestApp::new().await;
    let (mia, ann, bob) =
        (practice(&app, "mia").await, patient(&app, "ann").await, patient(&app, "bob").await);
    let freed = slot(&mia, 24).await;
    let appointment = book(&mia, &ann, freed).await;
    inserted(
        &app,
        &format!(
            "visitnow.waitlist (patient_id, provider_id, desired_range)
         values ('{}', '{}', tstzrange('{}', '{}'))",
            bob.id,
            mia.id,
            in_hours(20),
            in_hours(30)
        ),
    )
    .await;
    app.execute(&format!(
        "update visitnow.appointments set status = 'cancelled' where id = '{appointment}'"
    ))
    .await;
    let offer = told(&bob, "templateKey=waitlist.offered&channel=email").await.remove(0);
    let as_long =
        "select count(*) from visitnow.notifications join visitnow.slots on held_until = expires_at
        where template_key = 'waitlist.offered'";
    assert_eq!((app.count(as_long).await, offer["expiresAt"].is_string()), (2, true));
    let _stop = app.work();
    once(&bob, "sent", 1).await;
    let letter = letters(&app, &bob).remove(0);
    assert_eq!(letter.subject(), "A time is free for you");
    assert!(letter.text().contains("It is held for you until "), "{}", letter.text());
    app.execute(
        "update visitnow.notifications set expires_at = now() where expires_at is not null",
    )
    .await;
    let counts = trellis::server::housekeeping::run_once(&app.app).await;
    assert!(counts.contains(&("notifications", 2)), "{counts:?}");
    assert_eq!(told(&bob, "").await, Vec::<Value>::new());
    assert!(!told(&ann, "").await.is_empty(), "what does not expire stays");
}

#[tokio::test]
async fn a_provider_hears_that_they_are_active() {
    let app = TestApp::new().await;
    let doctor = app.user_with_roles("mia", &["visitnow:doctor"]).await;
    let insert =
        format!("visitnow.providers (user_id, display_name) values ('{}', 'mia')", doctor.id);
    let id = inserted(&app, &insert).await;
    let _stop = app.work();
    app.execute(&format!("update visitnow.providers set status = 'active' where id = '{id}'"))
        .await;
    let sent = once(&doctor, "sent", 1).await;
    assert_holds(&sent, &json!({"templateKey": "provider.active", "meta": {"providerId": id}}));
    assert_eq!(letters(&app, &doctor)[0].subject(), "Your profile is active");
}

#[tokio::test]
async fn a_message_is_announced_once_until_it_is_read() {
    let app = TestApp::new().await;
    let (mia, ann) = (practice(&app, "mia").await, patient(&app, "ann").await);
    let _stop = app.work();
    let place = begun(&ann, &mia).await;
    let messages = format!("{place}/messages");
    let send = async |user: &User<'_>| {
        user.post(&messages, &json!({"content": "a rash"})).await.ok(201);
    };
    let news = async |user: &User<'_>| {
        told(user, "templateKey=message.received&channel=email").await.len()
    };
    send(&ann).await;
    assert_eq!((news(&mia).await, news(&ann).await), (1, 0));
    send(&mia).await;
    send(&mia).await;
    assert_eq!((news(&mia).await, news(&ann).await), (1, 1));
    mia.post(&format!("{place}/read"), &json!({})).await.ok(200);
    send(&ann).await;
    assert_eq!((news(&mia).await, news(&ann).await), (2, 1));
    until("all is sent", async || app.mail.messages().len() == 3).await;
    for letter in app.mail.messages() {
        assert!(letter.text().contains("a message waits for you in a conversation"));
        let with = letter.text().contains("with mia");
        assert_eq!(with, letter.to() == ann.user.email);
        assert!(!letter.text().contains("rash"));
    }
}
