use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{patients::newcomer, people::patient};
use crate::support::{Caller, TestApp, assert_holds};

const PATH: &str = "/v1/visitnow/patients/me/preferences";

fn full() -> Value {
    json!({
        "channels": {"email": false, "sms": true, "push": true, "inApp": false},
        "languages": ["de", "pt-BR"],
        "consents": {"reminders": true, "marketing": false, "research": true, "dataSharing": false},
    })
}

#[tokio::test]
async fn preferences_are_ones_own_and_keep_what_is_written() {
    let app = TestApp::new().await;
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
    let made = ann.put(PATH, &full()).await;
    assert_holds(&made.ok(201), &full());
    assert_eq!(made.header("location"), PATH);
    assert_eq!(ann.get(PATH).await.ok(200), made.json());
    assert_eq!(bob.get(PATH).await.brief(), "404 not-found");
    let bare = ann.put(PATH, &json!({})).await.ok(200);
    let usual = json!({
        "channels": {"email": true, "sms": false, "push": false, "inApp": true}, "languages": [],
        "consents": {"reminders": false, "marketing": false, "research": false, "dataSharing": false},
    });
    assert_holds(&bare, &usual);
    let muted = ann.put(PATH, &json!({"channels": {}})).await.ok(200);
    let nothing = json!({"email": false, "sms": false, "push": false, "inApp": false});
    assert_eq!(muted["channels"], nothing, "what is absent is false");
    let patched = ann.patch(PATH, &json!({"channels": {"sms": true}})).await.ok(200);
    assert_eq!(patched["channels"]["sms"], true);
    let stale = ann.send(Method::PUT, PATH, ("if-match", made.etag()), Some(&full())).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(ann.delete(PATH).await.brief(), "405 method-not-allowed");
    let first = bob.patch(PATH, &json!({"languages": ["en"]})).await;
    assert_holds(&first.ok(201), &json!({"channels": usual["channels"], "languages": ["en"]}));
}

#[tokio::test]
async fn preferences_refuse_what_they_do_not_know() {
    let app = TestApp::new().await;
    let ann = patient(&app, "ann").await;
    ann.put(PATH, &full()).await.ok(201);
    for (field, value, error) in [
        ("channels", json!({"fax": true}), "/channels/fax unknown_field"),
        ("channels", json!({"email": 1}), "/channels/email type"),
        ("channels", json!([]), "/channels type"),
        ("consents", json!({"reminders": "yes"}), "/consents/reminders type"),
        ("consents", json!({"selling": true}), "/consents/selling unknown_field"),
        ("languages", json!(["english!"]), "/languages languages"),
        ("languages", json!(vec!["en"; 101]), "/languages languages"),
        ("languages", json!([""]), "/languages languages"),
        ("patientId", json!(ann.id), "/patientId unknown_field"),
    ] {
        let wanted = format!(r#"422 validation ["{error}"]"#);
        let body = json!({field: value});
        assert_eq!(ann.put(PATH, &body).await.brief(), wanted);
        assert_eq!(ann.patch(PATH, &body).await.brief(), wanted);
    }
    assert_holds(&ann.get(PATH).await.ok(200), &full());
}

#[tokio::test]
async fn whoever_has_no_record_has_no_preferences() {
    let app = TestApp::new().await;
    for user in [newcomer(&app, "ann").await, app.user("bob").await] {
        assert_eq!(user.get(PATH).await.brief(), "404 not-found");
        assert_eq!(user.put(PATH, &full()).await.brief(), "409 conflict");
        assert_eq!(user.patch(PATH, &full()).await.brief(), "409 conflict");
    }
    assert_eq!(app.count("select count(*) from visitnow.preferences").await, 0);
}

#[tokio::test]
async fn parallel_first_writes_make_one_row() {
    let app = TestApp::new().await;
    let ann = patient(&app, "ann").await;
    let patches = [json!({"languages": ["en"]}), json!({"consents": {"research": true}})];
    for one in join_all(patches.iter().cycle().take(8).map(|body| ann.patch(PATH, body))).await {
        assert!(one.status < 300, "{one:?}");
    }
    let kept = ann.get(PATH).await.ok(200);
    assert_eq!((&kept["languages"], &kept["consents"]["research"]), (&json!(["en"]), &json!(true)));
    assert_eq!(app.count("select count(*) from visitnow.preferences").await, 1);
}
