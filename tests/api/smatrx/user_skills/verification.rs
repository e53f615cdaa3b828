use reqwest::Method;
use serde_json::{Value, json};

use super::{PATH, skill};
use crate::support::{Caller, TestApp, User, assert_holds};

async fn claimed(app: &TestApp, user: &User<'_>, level: &str) -> Value {
    let id = skill(app, "Languages", "Rust").await;
    user.post(PATH, &json!({"skillId": id, "level": level})).await.ok(201)
}

fn verify(user: &User<'_>, skill: &Value) -> String {
    format!("/v1/smatrx/users/{}/skills/{}/verify", user.id, skill["id"].as_str().unwrap())
}

fn place(skill: &Value) -> String {
    format!("{PATH}/{}", skill["id"].as_str().unwrap())
}

const UNVERIFIED: &str =
    r#"{"verified": false, "verifiedAt": null, "verifiedBy": null, "source": "manual"}"#;

#[tokio::test]
async fn verifiers_and_admins_vouch_for_others() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let path = verify(&ann, &claimed(&app, &ann, "advanced").await);
    for role in ["smatrx:verifier", "smatrx:admin"] {
        let vic = app.user_with_roles(&role.replace(':', "-"), &[role]).await;
        let verified = vic.post(&path, &json!({})).await.ok(200);
        assert_holds(
            &verified,
            &json!({"verified": true, "verifiedBy": vic.id, "source": "verified"}),
        );
        assert!(verified["verifiedAt"].is_string());
        assert_eq!(ann.get(&place(&verified)).await.ok(200), verified);
    }
    let bob = app.user("bob").await;
    let elsewhere = app.user_with_roles("eve", &["coach:ADMIN", "platform:admin"]).await;
    for person in [&bob, &elsewhere] {
        assert_eq!(person.post(&path, &json!({})).await.brief(), "403 forbidden");
    }
    assert_eq!(app.anonymous().post(&path, &json!({})).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn nobody_vouches_for_themselves() {
    let app = TestApp::new().await;
    let vic = app.user_with_roles("vic", &["smatrx:verifier", "smatrx:admin"]).await;
    let bob = app.user("bob").await;
    let own = claimed(&app, &vic, "advanced").await;
    assert_eq!(vic.post(&verify(&vic, &own), &json!({})).await.brief(), "409 conflict");
    // Nor is somebody else's skill found under another name.
    assert_eq!(vic.post(&verify(&bob, &own), &json!({})).await.brief(), "404 not-found");
    assert_eq!(vic.get(&place(&own)).await.ok(200), own);
}

#[tokio::test]
async fn a_verification_ends_with_the_skill_or_level_that_it_was_for() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let vic = app.user_with_roles("vic", &["smatrx:verifier"]).await;
    let go = skill(&app, "Languages", "Go").await;
    let made = claimed(&app, &ann, "advanced").await;
    let unverified: Value = serde_json::from_str(UNVERIFIED).unwrap();

    // What else is said of it, and a lower level, leave it as it is.
    for change in [
        json!({"yearsExperience": 7}),
        json!({"source": "manual"}),
        json!({"level": "intermediate"}),
    ] {
        vic.post(&verify(&ann, &made), &json!({})).await.ok(200);
        let kept = ann.patch(&place(&made), &change).await.ok(200);
        assert_holds(&kept, &json!({"verified": true, "verifiedBy": vic.id, "source": "verified"}));
    }
    for change in [json!({"level": "expert"}), json!({"skillId": go})] {
        vic.post(&verify(&ann, &made), &json!({})).await.ok(200);
        assert_holds(&ann.patch(&place(&made), &change).await.ok(200), &unverified);
    }
}

#[tokio::test]
async fn a_verifier_who_leaves_takes_only_their_name_along() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let vic = app.user_with_roles("vic", &["smatrx:verifier"]).await;
    let made = claimed(&app, &ann, "advanced").await;
    vic.post(&verify(&ann, &made), &json!({})).await.ok(200);
    app.execute(&format!("delete from identity.users where id = '{}'", vic.id)).await;
    let left = ann.get(&place(&made)).await.ok(200);
    assert_holds(&left, &json!({"verified": true, "verifiedBy": null, "source": "verified"}));
}

#[tokio::test]
async fn a_level_raised_meanwhile_is_not_vouched_for() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let vic = app.user_with_roles("vic", &["smatrx:verifier"]).await;
    let made = claimed(&app, &ann, "beginner").await;
    let seen = ann.get(&place(&made)).await.etag().to_owned();
    ann.patch(&place(&made), &json!({"level": "expert"})).await.ok(200);
    let (path, body) = (verify(&ann, &made), json!({}));
    let late = vic.send(Method::POST, &path, ("if-match", &seen), Some(&body)).await;
    assert_eq!(late.brief(), "412 precondition-failed");
    let now = ann.get(&place(&made)).await;
    assert_eq!(now.ok(200)["verified"], false);
    let timely = vic.send(Method::POST, &path, ("if-match", now.etag()), Some(&body)).await;
    assert_holds(&timely.ok(200), &json!({"verified": true, "level": "expert"}));
}
