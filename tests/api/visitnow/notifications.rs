mod delivery;
mod senders;
mod workflows;

use reqwest::Method;
use serde_json::{Value, json};
use trellis::mail::Mail;
use uuid::Uuid;

use super::people::patient;
use crate::{
    faults::until,
    support::{Caller, TestApp, User, assert_holds},
};

pub const PATH: &str = "/v1/visitnow/notifications";

/// Tells somebody by their channels, as a workflow does.
async fn notify(user: &User<'_>, template: &str, facts: &Value) {
    let sql = format!("select visitnow.notify('{}', '{template}', '{facts}')", user.id);
    user.app.execute(&sql).await;
}

/// What somebody was told, and will be, newest first; `query` narrows it.
async fn told(user: &User<'_>, query: &str) -> Vec<Value> {
    user.all(&format!("{PATH}?{query}"), 100).await
}

/// The only notification by mail, once it is so.
async fn once(user: &User<'_>, status: &str, attempts: i64) -> Value {
    let mut mail = Value::Null;
    until("a notification comes so far", async || {
        mail = told(user, "channel=email").await.remove(0);
        mail["status"] == status && mail["attempts"] == attempts
    })
    .await;
    mail
}

/// Mail to somebody so far.
fn letters(app: &TestApp, to: &User<'_>) -> Vec<Mail> {
    app.mail.messages().into_iter().filter(|mail| mail.to() == to.email).collect()
}

#[tokio::test]
async fn a_log_is_ones_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    notify(&ann, "ticket.open", &json!({"ticketNumber": "VN-2026-000001", "nothing": null})).await;
    let own = told(&ann, "").await;
    let expected = json!({
        "templateKey": "ticket.open", "channel": "email", "status": "queued", "recipient": ann.user.email,
        "meta": {"ticketNumber": "VN-2026-000001"}, "reason": null, "attempts": 0, "expiresAt": null,
    });
    let mail = own.iter().find(|one| one["channel"] == "email").unwrap();
    assert_holds(mail, &expected);
    let fields: Vec<&String> = mail.as_object().unwrap().keys().collect();
    assert_eq!(fields.len(), 11, "{fields:?}");
    let inside = own.iter().find(|one| one["channel"] == "in_app").unwrap();
    assert_holds(inside, &json!({"status": "sent", "recipient": null, "attempts": 0}));
    let place = format!("{PATH}/{}", mail["id"].as_str().unwrap());
    let read = ann.get(&place).await;
    assert_eq!(read.ok(200), *mail);
    let known = ann.send(Method::GET, &place, ("if-none-match", read.etag()), None).await;
    assert_eq!(known.status, 304);
    let admin = app.user_with_roles("keeper", &["visitnow:admin", "platform:admin"]).await;
    for other in [&bob.user, &admin] {
        assert_eq!(told(other, "").await, Vec::<Value>::new());
        assert_eq!(other.get(&place).await.brief(), "404 not-found");
        assert_eq!(other.delete(&place).await.brief(), "404 not-found");
    }
    let stale = ann.send(Method::DELETE, &place, ("if-match", "\"1\""), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    let current = ann.send(Method::DELETE, &place, ("if-match", read.etag()), None).await;
    assert_eq!(current.status, 204);
    assert_eq!(ann.delete(&place).await.brief(), "404 not-found");
    assert_eq!(told(&ann, "").await, std::slice::from_ref(inside));
}

#[tokio::test]
async fn nobody_makes_or_changes_a_notification() {
    let app = TestApp::new().await;
    let ann = patient(&app, "ann").await;
    notify(&ann, "ticket.open", &json!({})).await;
    let place = format!("{PATH}/{}", told(&ann, "").await[0]["id"].as_str().unwrap());
    assert_eq!(ann.post(PATH, &json!({})).await.brief(), "405 method-not-allowed");
    for method in [Method::PUT, Method::PATCH] {
        let refused = ann.send(method, &place, ("x", "y"), Some(&json!({"status": "sent"}))).await;
        assert_eq!(refused.brief(), "405 method-not-allowed");
    }
    assert_eq!(ann.get(&format!("{PATH}/{}", Uuid::now_v7())).await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_log_is_narrowed_by_status_channel_and_template() {
    let app = TestApp::new().await;
    let ann = patient(&app, "ann").await;
    for template in ["ticket.open", "provider.active", "ticket.open"] {
        notify(&ann, template, &json!({})).await;
    }
    app.execute(
        "update visitnow.notifications set status = 'failed', reason = 'x', next_attempt_at = null
         where channel = 'email' and template_key = 'provider.active'",
    )
    .await;
    for (query, expected) in [
        ("", 6),
        ("channel=email", 3),
        ("channel=email&status=queued", 2),
        ("status=failed", 1),
        ("status=failed,sent", 4),
        ("status=failed&status=sent&channel=in_app", 3),
        ("templateKey=ticket.open", 4),
        ("templateKey=ticket.open&channel=email,sms", 2),
        ("templateKey=unheard", 0),
        ("channel=push", 0),
    ] {
        for limit in [1, 2, 100] {
            let found = ann.all(&format!("{PATH}?{query}"), limit).await;
            assert_eq!(found.len(), expected, "{query}");
            let ids: Vec<&str> = found.iter().map(|one| one["id"].as_str().unwrap()).collect();
            assert!(ids.is_sorted_by(|one, next| one > next), "newest first: {ids:?}");
        }
    }
    for query in ["status=lost", "channel=fax", "templateKey=", "read=true"] {
        assert_eq!(ann.get(&format!("{PATH}?{query}")).await.status, 400, "{query}");
    }
}
