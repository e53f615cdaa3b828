use std::sync::Arc;

use serde_json::{Value, json};
use trellis::{
    channels::Channels,
    mail::{MailSender, Memory, Nowhere, Smtp},
};

use super::{
    letters, notify, once,
    senders::{Crash, Kept, Shaky, mail_server},
    told,
};
use crate::{
    faults::until,
    support::{TestApp, User, assert_holds},
    visitnow::people::patient,
};

/// Lets what was put off be tried now.
const NOW: &str =
    "update visitnow.notifications set next_attempt_at = now() where status = 'queued'";

/// In how many minutes the only mail is tried again, rounded.
async fn minutes(app: &TestApp) -> i64 {
    app.count(
        "select round(extract(epoch from next_attempt_at - updated_at) / 60)::bigint
         from visitnow.notifications where channel = 'email'",
    )
    .await
}

/// The only mail once it was tried so often and put off.
async fn put_off(user: &User<'_>, attempts: i64) -> Value {
    let mut mail = Value::Null;
    until("it is put off", async || {
        mail = told(user, "channel=email").await.remove(0);
        mail["attempts"] == attempts && !mail["reason"].is_null()
    })
    .await;
    mail
}

#[tokio::test]
async fn what_does_not_get_through_is_tried_again_and_says_why() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let shaky = Shaky::for_so_many(2);
    notify(&ann, "ticket.open", &json!({"ticketNumber": "VN-2026-000001"})).await;
    let _stop = app.work_by(shaky.clone(), Channels::default());
    for (attempt, wait) in [(1, 1), (2, 5)] {
        let mail = put_off(&ann, attempt).await;
        let reason = json!({"status": "queued", "reason": "the mail server did not answer within 10 seconds"});
        assert_holds(&mail, &reason);
        assert_eq!(minutes(&app).await, wait);
        let clear = "update visitnow.notifications set reason = null";
        app.execute(&format!("{clear}; {NOW}")).await;
    }
    assert_holds(&once(&ann, "sent", 3).await, &json!({"reason": null}));
    assert_eq!(shaky.delivered.messages().len(), 1);
    assert_eq!(shaky.delivered.messages()[0].to(), ann.email);
}

#[tokio::test]
async fn after_five_tries_in_vain_it_fails() {
    for (sender, reason) in [
        (
            Shaky::for_so_many(9) as Arc<dyn MailSender>,
            "the mail server did not answer within 10 seconds",
        ),
        (Arc::new(Crash), "it crashed"),
    ] {
        let app = TestApp::new().await;
        let ann = app.user("ann").await;
        notify(&ann, "ticket.open", &json!({})).await;
        let _stop = app.work_by(sender, Channels::default());
        for (attempt, wait) in [(1, 1), (2, 5), (3, 25), (4, 125)] {
            assert_holds(
                &put_off(&ann, attempt).await,
                &json!({"status": "queued", "reason": reason}),
            );
            assert_eq!(minutes(&app).await, wait);
            app.execute(&format!("update visitnow.notifications set reason = null; {NOW}")).await;
        }
        let failed = once(&ann, "failed", 5).await;
        assert_eq!(failed["reason"], format!("tried 5 times; the last time: {reason}"));
    }
}

#[tokio::test]
async fn a_refusal_for_good_fails_at_once_and_one_for_now_does_not() {
    for (answer, status, reason) in [
        (
            "550 no such user ann@example.com",
            "failed",
            "the mail could not be sent (for good, 550)",
        ),
        ("450 ann@example.com later", "queued", "the mail could not be sent (for now, 450)"),
    ] {
        let app = TestApp::new().await;
        let ann = app.user("ann").await;
        notify(&ann, "ticket.open", &json!({})).await;
        let smtp = Smtp::new(&mail_server(answer).await, "noreply@trellis.example").unwrap();
        let _stop = app.work_by(Arc::new(smtp), Channels::default());
        let mail = put_off(&ann, 1).await;
        assert_holds(&mail, &json!({"status": status, "reason": reason}));
    }
}

#[tokio::test]
async fn a_channel_that_is_not_set_up_fails_and_one_that_is_delivers() {
    let app = TestApp::new().await;
    let ann = patient(&app, "ann").await;
    app.execute(&format!(
        r#"update identity.users set phone = '+351910000000' where id = '{}';
           insert into visitnow.preferences (patient_id, channels)
           values ('{}', '{{"email": true, "sms": true, "push": true}}')"#,
        ann.user.id, ann.id
    ))
    .await;
    notify(&ann, "ticket.open", &json!({})).await;
    let stop = app.work_by(Arc::new(Nowhere), Channels::default());
    until("all fail", async || told(&ann, "status=failed").await.len() == 3).await;
    for failed in told(&ann, "status=failed").await {
        let reason = format!("no sender for {} is set up", failed["channel"].as_str().unwrap());
        assert_holds(&failed, &json!({"attempts": 1, "reason": reason}));
    }
    drop(stop);
    let (sms, push, mail) =
        (Arc::new(Kept::default()), Arc::new(Kept::default()), Arc::new(Memory::default()));
    let channels = Channels { sms: Some(sms.clone()), push: Some(push.clone()) };
    let stop = app.work_by(mail.clone(), channels);
    notify(&ann, "ticket.closed", &json!({})).await;
    until("all are sent", async || told(&ann, "status=sent").await.len() == 3).await;
    assert_eq!(*sms.0.lock().unwrap(), ["+351910000000: Your ticket is closed"]);
    assert_eq!(*push.0.lock().unwrap(), [format!("{}: Your ticket is closed", ann.user.id)]);
    assert_eq!(mail.messages()[0].to(), ann.user.email);
    drop(stop);
    let _stop = app.work_by(mail, Channels::console());
    notify(&ann, "ticket.open", &json!({})).await;
    until("all are printed", async || told(&ann, "status=sent").await.len() == 6).await;
}

#[tokio::test]
async fn what_is_over_is_deleted_and_not_sent() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    for expires in ["now()", "now() - interval '1 year'"] {
        app.execute(&format!(
            "select visitnow.notify('{}', 'waitlist.offered', '{{}}', {expires})",
            ann.id
        ))
        .await;
    }
    notify(&bob, "ticket.open", &json!({})).await;
    let _stop = app.work();
    once(&bob, "sent", 1).await;
    until("what is over is gone", async || told(&ann, "channel=email").await.is_empty()).await;
    assert_eq!(told(&ann, "").await.len(), 0, "what is over is not listed");
    assert!(letters(&app, &ann).is_empty());
    let counts = trellis::server::housekeeping::run_once(&app.app).await;
    assert!(counts.contains(&("notifications", 2)), "{counts:?}");
}

#[tokio::test]
async fn two_servers_deliver_each_once() {
    let app = TestApp::new().await;
    let other = TestApp::on(&app.database_url).await;
    let ann = app.user("ann").await;
    let many =
        "select visitnow.notify(id, 'ticket.open', jsonb_build_object('ticketNumber', number))
        from identity.users, generate_series(1, 50) as number";
    app.execute(many).await;
    let _stops = (app.work(), other.work(), app.work(), other.work());
    until("all are sent", async || told(&ann, "status=queued").await.is_empty()).await;
    let (ours, theirs) = (app.mail.messages().len(), other.mail.messages().len());
    assert_eq!(ours + theirs, 50);
    assert_eq!(
        app.count("select count(*) from visitnow.notifications where attempts > 1").await,
        0
    );
    let mut texts: Vec<_> = [app.mail.messages(), other.mail.messages()].concat();
    texts.sort_by(|one, next| one.text().cmp(next.text()));
    texts.dedup();
    assert_eq!(texts.len(), 50);
}

#[tokio::test]
async fn what_a_server_died_of_is_delivered_by_another_once_its_minute_is_over() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    notify(&ann, "ticket.open", &json!({})).await;
    app.execute("update visitnow.notifications set attempts = 1, next_attempt_at = now() + interval '1 minute'
        where channel = 'email'").await;
    notify(&bob, "ticket.open", &json!({})).await;
    let _stop = app.work();
    once(&bob, "sent", 1).await;
    assert!(letters(&app, &ann).is_empty(), "its minute is not over");
    app.execute(NOW).await;
    once(&ann, "sent", 2).await;
    assert_eq!(letters(&app, &ann).len(), 1);
}

#[tokio::test]
async fn what_five_servers_died_of_fails() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for attempts in [5, 10] {
        app.execute("delete from visitnow.notifications").await;
        notify(&ann, "ticket.open", &json!({})).await;
        app.execute(&format!(
            "update visitnow.notifications set attempts = {attempts} where channel = 'email'"
        ))
        .await;
        let _stop = app.work();
        let failed = once(&ann, "failed", (attempts + 1).min(10)).await;
        assert_eq!(failed["reason"], "it was not done within a minute");
    }
    assert!(letters(&app, &ann).is_empty());
}

#[tokio::test]
async fn who_has_lost_the_lease_writes_nothing() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    notify(&ann, "ticket.open", &json!({})).await;
    // Just as it is taken, another server takes it again.
    app.execute(
        "create function public.take() returns trigger language plpgsql as $$
         begin
           update visitnow.notifications set attempts = 2 where id = new.id;
           return null;
         end $$;
         create trigger take after update on visitnow.notifications for each row
         when (new.attempts = 1 and new.status = 'queued' and old.attempts = 0) execute function public.take()",
    )
    .await;
    let _stop = app.work();
    until("it is delivered", async || letters(&app, &ann).len() == 1).await;
    app.execute("drop trigger take on visitnow.notifications").await;
    notify(&bob, "ticket.open", &json!({})).await;
    once(&bob, "sent", 1).await;
    assert_holds(
        &told(&ann, "channel=email").await[0],
        &json!({"status": "queued", "attempts": 2}),
    );
}

#[tokio::test]
async fn what_cannot_be_put_into_words_keeps_nobody_waiting() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    for facts in [
        json!({"start": "2031-01-01T10:00:00Z", "timeZone": "Nowhere/Land"}),
        json!({"start": "2031-13-99T10:00:00Z"}),
        json!({"start": {"at": 1}, "providerName": [1, "x"]}),
        json!({"start": "2031-01-01T10:00:00Z"}),
    ] {
        notify(&ann, "appointment.confirmed", &facts).await;
    }
    notify(&bob, "ticket.open", &json!({})).await;
    let _stop = app.work();
    once(&bob, "sent", 1).await;
    let mut texts: Vec<String> =
        letters(&app, &ann).iter().map(|mail| mail.text().to_owned()).collect();
    texts.sort();
    assert_eq!(texts.len(), 4);
    assert!(
        texts
            .iter()
            .any(|text| text.contains("confirmed: Wednesday, 1 January 2031, 10:00 (UTC).")),
        "{texts:?}"
    );
    assert_eq!(
        texts.iter().filter(|text| text.contains("see the app for the time")).count(),
        3,
        "{texts:?}"
    );
}
