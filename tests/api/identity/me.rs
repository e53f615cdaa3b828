use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use super::people::{PASSWORD, mailed_token, signed_in_ago, with_password};
use crate::support::{Caller, TestApp};

const ME: &str = "/v1/me";

#[tokio::test]
async fn me_is_the_callers_account_without_secrets() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    app.user("bob").await;
    let me = ann.get(ME).await;
    let body = me.ok(200);
    assert_eq!(body["id"], ann.id.to_string());
    assert_eq!(body["email"], "ann@example.com");
    let keys: BTreeSet<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert!(keys.iter().all(|key| !key.to_lowercase().contains("hash")), "{keys:?}");
    assert!(!me.text.contains("argon2"));
    let again = ann.send(Method::GET, ME, ("if-none-match", me.etag()), None).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    assert_eq!(app.anonymous().get(ME).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn absent_keeps_null_clears_a_value_sets() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let names = json!({"firstName": " Ann ", "lastName": "Lee", "image": "https://pics.example/a.png",
        "preferredLanguage": "pt-BR"});
    let set = ann.patch(ME, &names).await.ok(200);
    assert_eq!(set["firstName"], "Ann");
    let cleared = ann.patch(ME, &json!({"lastName": null, "displayName": "Ann"})).await.ok(200);
    assert_eq!(cleared["firstName"], "Ann");
    assert_eq!(cleared["lastName"], Value::Null);
    assert_eq!(cleared["displayName"], "Ann");
    assert_eq!(cleared["preferredLanguage"], "pt-BR");
    assert_eq!(cleared["emailVerified"], true);
    assert_eq!(ann.get(ME).await.ok(200), cleared);
    assert_eq!(bob.get(ME).await.ok(200)["firstName"], "bob");
}

#[tokio::test]
async fn what_the_server_keeps_cannot_be_patched() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value) in [
        ("id", json!("00000000-0000-0000-0000-000000000000")),
        ("status", json!("suspended")),
        ("emailVerified", json!(true)),
        ("emailVerifiedAt", json!("2026-01-01T00:00:00Z")),
        ("twoFactorEnabled", json!(true)),
        ("passwordHash", json!("x")),
        ("roles", json!(["platform:admin"])),
        ("createdAt", json!("2026-01-01T00:00:00Z")),
    ] {
        let refused = ann.patch(ME, &json!({field: value})).await;
        assert_eq!(
            refused.brief().to_string(),
            format!(r#"422 validation ["/{field} unknown_field"]"#)
        );
    }
}

#[tokio::test]
async fn values_that_the_table_would_refuse_are_named_all_at_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let wrong = json!({"email": "no", "phone": "0123", "username": "1234", "firstName": "", "lastName": "x".repeat(201),
        "image": "ftp://x", "preferredLanguage": "english please", "securityQuestion": "q".repeat(201)});
    let refused = ann.patch(ME, &wrong).await;
    assert_eq!(
        refused.brief(),
        r#"422 validation ["/email email","/firstName length","/image url","/lastName length","/phone phone","/preferredLanguage language","/securityQuestion length","/username username"]"#
    );
    let nul = ann.patch(ME, &json!({"firstName": "a\0b"})).await;
    assert_eq!(nul.brief(), r#"422 validation ["/firstName nul"]"#);
    assert_eq!(ann.patch(ME, &json!([])).await.brief(), r#"422 validation [" type"]"#);
    let name = "\u{1F331}".repeat(200);
    assert_eq!(ann.patch(ME, &json!({"firstName": name})).await.ok(200)["firstName"], name);
}

#[tokio::test]
async fn a_new_email_address_needs_the_password_and_is_unproven() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let mut change = json!({"email": "new@example.com"});
    let refused = ann.patch(ME, &change).await;
    assert_eq!(refused.brief(), r#"422 validation ["/currentPassword required"]"#);
    change["currentPassword"] = json!("not the password");
    assert_eq!(
        ann.patch(ME, &change).await.brief(),
        r#"422 validation ["/currentPassword wrong"]"#
    );
    let before = ann.get(ME).await.ok(200);
    assert_eq!(
        (&before["email"], &before["emailVerified"]),
        (&json!("ann@example.com"), &json!(true))
    );
    change["currentPassword"] = json!(PASSWORD);
    let after = ann.patch(ME, &change).await.ok(200);
    assert_eq!(
        (&after["email"], &after["emailVerified"]),
        (&json!("new@example.com"), &json!(false))
    );
    assert_eq!(after["emailVerifiedAt"], Value::Null);
}

#[tokio::test]
async fn another_spelling_of_the_same_address_stays_proven() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let change = json!({"email": "Ann@Example.com", "currentPassword": PASSWORD});
    let after = ann.patch(ME, &change).await.ok(200);
    assert_eq!(
        (&after["email"], &after["emailVerified"]),
        (&json!("Ann@Example.com"), &json!(true))
    );
}

#[tokio::test]
async fn phone_username_and_question_need_the_password_and_names_do_not() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    for change in [
        json!({"phone": "+4915112345678"}),
        json!({"username": "ann"}),
        json!({"securityQuestion": "Pet?", "securityAnswer": "Rex"}),
    ] {
        let refused = ann.patch(ME, &change).await;
        assert_eq!(refused.brief(), r#"422 validation ["/currentPassword required"]"#);
        let mut proven = change.clone();
        proven["currentPassword"] = json!(PASSWORD);
        ann.patch(ME, &proven).await.ok(200);
    }
    ann.patch(ME, &json!({"firstName": "Ann"})).await.ok(200);
    // The same value is no change.
    ann.patch(ME, &json!({"email": "ann@example.com", "username": "ann"})).await.ok(200);
}

#[tokio::test]
async fn what_somebody_else_has_is_taken() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let (bob, _) = with_password(&app, "bob").await;
    let theirs =
        json!({"phone": "+4915112345678", "username": "Bobby", "currentPassword": PASSWORD});
    bob.patch(ME, &theirs).await.ok(200);
    for (field, value) in
        [("email", "BOB@example.com"), ("phone", "+4915112345678"), ("username", "bobby")]
    {
        let refused = ann.patch(ME, &json!({field: value, "currentPassword": PASSWORD})).await;
        assert_eq!(refused.brief().to_string(), format!(r#"409 taken ["/{field} taken"]"#));
    }
}

#[tokio::test]
async fn something_to_sign_in_with_always_stays() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let nothing = json!({"email": null, "currentPassword": PASSWORD});
    assert_eq!(ann.patch(ME, &nothing).await.brief(), r#"422 validation ["/email required"]"#);
    let another = json!({"email": null, "username": "ann", "currentPassword": PASSWORD});
    let after = ann.patch(ME, &another).await.ok(200);
    assert_eq!((&after["email"], &after["username"]), (&Value::Null, &json!("ann")));
    assert_eq!(after["emailVerified"], false);
}

#[tokio::test]
async fn a_question_goes_with_its_answer_which_is_never_read_back() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let proven = |mut change: Value| {
        change["currentPassword"] = json!(PASSWORD);
        change
    };
    let alone = proven(json!({"securityQuestion": "Pet?"}));
    assert_eq!(
        ann.patch(ME, &alone).await.brief(),
        r#"422 validation ["/securityAnswer required"]"#
    );
    let alone = proven(json!({"securityAnswer": "Rex"}));
    assert_eq!(
        ann.patch(ME, &alone).await.brief(),
        r#"422 validation ["/securityQuestion required"]"#
    );
    let blank = proven(json!({"securityQuestion": "Pet?", "securityAnswer": "  "}));
    assert_eq!(ann.patch(ME, &blank).await.brief(), r#"422 validation ["/securityAnswer length"]"#);
    let both = proven(json!({"securityQuestion": "Pet?", "securityAnswer": "Rex"}));
    let set = ann.patch(ME, &both).await;
    assert_eq!(set.ok(200)["securityQuestion"], "Pet?");
    assert!(!set.text.contains("Rex") && !set.text.contains("securityAnswer"));
    let hashed =
        "select count(*) from identity.users where security_answer_hash like '$argon2id$%'";
    assert_eq!(app.count(hashed).await, 1);
    ann.patch(ME, &json!({"firstName": "Ann"})).await.ok(200);
    assert_eq!(app.count(hashed).await, 1);
    ann.patch(ME, &proven(json!({"securityQuestion": null}))).await.ok(200);
    assert_eq!(app.count(hashed).await, 0);
}

#[tokio::test]
async fn an_old_version_is_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let old = ann.get(ME).await.etag().to_owned();
    let change = json!({"firstName": "Ann"});
    let new = ann.send(Method::PATCH, ME, ("if-match", &old), Some(&change)).await;
    new.ok(200);
    assert_ne!(new.etag(), old);
    let refused = ann.send(Method::PATCH, ME, ("if-match", &old), Some(&change)).await;
    assert_eq!(refused.brief(), "412 precondition-failed");
}

#[tokio::test]
async fn parallel_patches_lose_nothing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let changes = [
        json!({"firstName": "A"}),
        json!({"lastName": "B"}),
        json!({"displayName": "C"}),
        json!({"preferredLanguage": "de"}),
    ];
    let answers =
        futures_util::future::join_all(changes.iter().map(|one| ann.patch(ME, one))).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    let me = ann.get(ME).await.ok(200);
    for change in changes {
        let (name, value) = change.as_object().unwrap().iter().next().unwrap();
        assert_eq!(&me[name], value);
    }
}

#[tokio::test]
async fn wrong_passwords_are_counted_and_a_right_one_is_forgiven() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let (bob, _) = with_password(&app, "bob").await;
    let with = |password: &str| json!({"username": "ann", "currentPassword": password});
    for _ in 0..4 {
        assert_eq!(ann.patch(ME, &with("guess")).await.status, 422);
    }
    ann.patch(ME, &with(PASSWORD)).await.ok(200);
    let guess = json!({"username": "anna", "currentPassword": "guess"});
    for _ in 0..5 {
        assert_eq!(
            ann.patch(ME, &guess).await.brief(),
            r#"422 validation ["/currentPassword wrong"]"#
        );
    }
    let refused = ann.patch(ME, &json!({"username": "anna", "currentPassword": PASSWORD})).await;
    assert_eq!(refused.brief(), "429 too-many-requests");
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    let refused = ann
        .send(
            Method::DELETE,
            ME,
            ("x-forwarded-for", "192.0.2.1"),
            Some(&json!({"password": PASSWORD})),
        )
        .await;
    assert_eq!(refused.brief(), "429 too-many-requests");
    bob.patch(ME, &json!({"username": "bob", "currentPassword": PASSWORD})).await.ok(200);
}

#[tokio::test]
async fn many_guesses_at_once_gain_nothing() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let guesses: Vec<Value> = (0..12)
        .map(|guess| json!({"username": "anna", "currentPassword": format!("guess {guess}")}))
        .collect();
    let answers =
        futures_util::future::join_all(guesses.iter().map(|one| ann.patch(ME, one))).await;
    let tried = answers.iter().filter(|answer| answer.status == 422).count();
    assert!(tried <= 5, "{answers:?}");
    assert!(answers.iter().all(|answer| [422, 429].contains(&answer.status)));
}

#[tokio::test]
async fn without_a_password_a_sign_in_just_now_is_the_proof() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    signed_in_ago(&app, &ann, 9).await;
    signed_in_ago(&app, &bob, 11).await;
    let change = json!({"username": "somebody", "currentPassword": "whatever"});
    assert_eq!(bob.patch(ME, &change).await.brief(), "403 forbidden");
    assert_eq!(ann.patch(ME, &change).await.ok(200)["username"], "somebody");
    assert_eq!(bob.delete(ME).await.brief(), "403 forbidden");
    assert_eq!(ann.delete(ME).await.status, 204);
}

#[tokio::test]
async fn a_refreshed_session_is_as_old_as_its_sign_in() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    signed_in_ago(&app, &ann, 60).await;
    signed_in_ago(&app, &ann, 1).await;
    assert_eq!(ann.delete(ME).await.brief(), "403 forbidden");
}

#[tokio::test]
async fn a_new_address_is_sent_a_mail_to_verify_it() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    ann.patch(ME, &json!({"email": "new@example.com", "currentPassword": PASSWORD})).await.ok(200);
    let token = mailed_token(&app, "new@example.com").await;
    app.anonymous().post("/v1/auth/email/verify", &json!({"token": token})).await.ok(204);
    assert_eq!(ann.get(ME).await.ok(200)["emailVerified"], true);
}
