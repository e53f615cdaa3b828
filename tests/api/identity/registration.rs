use futures_util::future::join_all;
use serde_json::{Value, json};

use super::support::{PASSWORD, claims, login, mail, registered};
use crate::support::{Caller, Response, TestApp};

async fn register(app: &TestApp, body: &Value) -> Response {
    app.anonymous().post("/v1/auth/register", body).await
}

#[tokio::test]
async fn registration_makes_an_account_and_signs_it_in() {
    let app = TestApp::new().await;
    let response = register(
        &app,
        &json!({
            "email": " Ann@Example.com ", "phone": "+4915112345678", "username": "ann.w",
            "password": PASSWORD, "firstName": "Änn ", "lastName": "王", "displayName": "🌱",
            "image": "https://example.com/a.png", "preferredLanguage": "pt-BR",
            "securityQuestion": "First pet?", "securityAnswer": "Rex",
        }),
    )
    .await;
    let made = response.ok(201);
    assert_eq!(response.header("location"), "/v1/me");
    assert_eq!(response.header("cache-control"), "no-store");
    assert!(!response.text.to_lowercase().contains("argon2") && !response.text.contains("ash"));
    let user = &made["user"];
    for (field, value) in [
        ("email", json!("Ann@Example.com")),
        ("phone", json!("+4915112345678")),
        ("username", json!("ann.w")),
        ("firstName", json!("Änn")),
        ("lastName", json!("王")),
        ("displayName", json!("🌱")),
        ("image", json!("https://example.com/a.png")),
        ("preferredLanguage", json!("pt-BR")),
        ("securityQuestion", json!("First pet?")),
        ("status", json!("active")),
        ("emailVerified", json!(false)),
        ("emailVerifiedAt", Value::Null),
        ("twoFactorEnabled", json!(false)),
    ] {
        assert_eq!(user[field], value, "{field}");
    }
    assert_eq!((&made["tokenType"], &made["expiresIn"]), (&json!("Bearer"), &json!(600)));
    let claims = claims(&app, &made);
    assert_eq!(json!(claims.sub), user["id"]);
    assert_eq!(claims.roles, ["coach:USER", "migratio:user"]);
    login(&app, "ann.w", PASSWORD).await.ok(200);
    let mail = mail(&app, "Ann@Example.com", 1).await;
    assert!(mail.text().contains("http://trellis.example/verify-email#token="));
}

#[tokio::test]
async fn registration_stores_only_hashes_and_its_own_doing_in_the_audit_log() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    assert_eq!(
        app.count("select count(*) from identity.users where password_hash like '$argon2id$%'")
            .await,
        1
    );
    let rows = "select count(*) from audit.logs where entity_type like 'identity.%' \
        and entity_type <> 'identity.roles' and actor_id = (select id from identity.users)";
    // The account, two roles, a session, a token.
    assert_eq!(app.count(rows).await, 5);
    assert_eq!(app.count("select count(*) from audit.logs where actor_id is null and entity_type <> 'identity.roles'").await, 0);
    assert_eq!(
        app.count("select count(*) from identity.sessions where family_id is not null and ip = '127.0.0.1' \
            and rotated_from is null and expires_at between now() + interval '29 days' and now() + interval '31 days'").await,
        1
    );
}

#[tokio::test]
async fn one_of_email_phone_and_username_is_enough_and_needed() {
    let app = TestApp::new().await;
    register(&app, &json!({"phone": "+4915112345678", "password": PASSWORD})).await.ok(201);
    register(&app, &json!({"username": "bob", "email": null, "password": PASSWORD})).await.ok(201);
    assert_eq!(app.count("select count(*) from identity.one_time_tokens").await, 0);
    let none = register(&app, &json!({"password": PASSWORD})).await;
    assert_eq!(none.brief(), r#"422 validation ["/email required"]"#);
    let blank = register(&app, &json!({"email": "  ", "password": PASSWORD})).await;
    assert_eq!(blank.brief(), r#"422 validation ["/email email"]"#);
}

#[tokio::test]
async fn a_taken_email_phone_or_username_is_named() {
    let app = TestApp::new().await;
    let ann = json!({"email": "ann@example.com", "phone": "+4915112345678", "username": "ann",
        "password": PASSWORD});
    register(&app, &ann).await.ok(201);
    for (field, value) in
        [("email", "ANN@example.com"), ("phone", " +4915112345678"), ("username", "Ann")]
    {
        let again = register(&app, &json!({field: value, "password": PASSWORD})).await;
        assert_eq!(again.brief().to_string(), format!(r#"409 taken ["/{field} taken"]"#));
    }
    assert_eq!(app.count("select count(*) from identity.users").await, 1);
}

#[tokio::test]
async fn of_many_registrations_at_once_one_wins() {
    let app = TestApp::new().await;
    let body = json!({"email": "ann@example.com", "password": PASSWORD});
    let all = join_all((0..20).map(|_| register(&app, &body))).await;
    assert_eq!(all.iter().filter(|response| response.status == 201).count(), 1);
    assert_eq!(all.iter().filter(|response| response.status == 409).count(), 19);
    assert_eq!(app.count("select count(*) from identity.sessions").await, 1);
}

#[tokio::test]
async fn roles_that_one_may_take_are_granted_once() {
    let app = TestApp::new().await;
    let mentee = json!({"domain": "mentorship", "role": "mentee"});
    let body = json!({"username": "ann", "password": PASSWORD,
        "roles": [mentee, mentee, {"domain": "coach", "role": "USER"}]});
    let made = register(&app, &body).await.ok(201);
    let roles = ["coach:USER", "mentorship:mentee", "migratio:user"];
    assert_eq!(claims(&app, &made).roles, roles);
    assert_eq!(claims(&app, &login(&app, "ann", PASSWORD).await.ok(200)).roles, roles);
}

#[tokio::test]
async fn other_roles_are_refused_and_nothing_is_made() {
    let app = TestApp::new().await;
    let body = json!({"email": "eve@example.com", "password": PASSWORD, "roles": [
        {"domain": "mentorship", "role": "mentee"}, {"domain": "platform", "role": "admin"},
        {"domain": "visitnow", "role": "no such role"}, {"domain": "smatrx", "role": "verifier"},
        {"domain": "coach", "role": "user"},
    ]});
    assert_eq!(
        register(&app, &body).await.brief(),
        r#"422 validation ["/roles/1 role","/roles/2 role","/roles/3 role","/roles/4 role"]"#
    );
    for table in ["users", "sessions", "role_grants", "one_time_tokens"] {
        let sql = format!("do $$ begin assert not exists (select from identity.{table}); end $$");
        app.execute(&sql).await;
    }
    let unknown = json!({"username": "eve", "password": PASSWORD,
        "roles": [{"domain": "nasa", "role": "admin"}]});
    assert_eq!(
        register(&app, &unknown).await.brief(),
        r#"422 validation ["/roles/0/domain type"]"#
    );
}

#[tokio::test]
async fn nobody_writes_what_is_not_theirs_to_write() {
    let app = TestApp::new().await;
    for field in [
        "id",
        "status",
        "emailVerified",
        "emailVerifiedAt",
        "twoFactorEnabled",
        "passwordHash",
        "lastLogin",
        "createdAt",
        "tenantId",
        "email_verified_at",
    ] {
        let body = json!({"username": "eve", "password": PASSWORD, field: true});
        let expected = format!(r#"422 validation ["/{field} unknown_field"]"#);
        assert_eq!(register(&app, &body).await.brief().to_string(), expected);
    }
    let tenant = json!({"username": "eve", "password": PASSWORD,
        "roles": [{"domain": "visitnow", "role": "patient", "tenantId": null}]});
    assert_eq!(
        register(&app, &tenant).await.brief(),
        r#"422 validation ["/roles/0/tenantId unknown_field"]"#
    );
}

#[tokio::test]
async fn passwords_have_8_to_128_characters_and_are_not_common() {
    let app = TestApp::new().await;
    for (name, password, expected) in [
        ("a1b", "1234567".to_owned(), r#"422 validation ["/password length"]"#),
        ("a1b", "x".repeat(129), r#"422 validation ["/password length"]"#),
        ("a1b", "Password1".to_owned(), r#"422 validation ["/password common"]"#),
    ] {
        let body = json!({"username": name, "password": password});
        assert_eq!(register(&app, &body).await.brief(), expected);
    }
    let longest = "🌱".repeat(128);
    register(&app, &json!({"username": "ann", "password": longest})).await.ok(201);
    login(&app, "ann", &longest).await.ok(200);
}

#[tokio::test]
async fn question_and_answer_go_together() {
    let app = TestApp::new().await;
    for (field, value, expected) in [
        ("securityQuestion", "Pet?", r#"422 validation ["/securityAnswer required"]"#),
        ("securityAnswer", "Rex", r#"422 validation ["/securityQuestion required"]"#),
        ("securityAnswer", " \t ", r#"422 validation ["/securityAnswer length"]"#),
    ] {
        let body = json!({"username": "ann", "password": PASSWORD, field: value});
        assert_eq!(register(&app, &body).await.brief(), expected);
    }
}

#[tokio::test]
async fn every_field_is_bounded() {
    let app = TestApp::new().await;
    let long = "x".repeat(201);
    let body = json!({
        "email": "no address", "phone": "0151123", "username": "+49151", "password": "x",
        "firstName": long, "lastName": "", "displayName": long, "image": "javascript:alert(1)",
        "preferredLanguage": "english!", "securityQuestion": long, "securityAnswer": long,
        "roles": [{"domain": "coach", "role": ""}],
    });
    assert_eq!(
        register(&app, &body).await.brief(),
        r#"422 validation ["/displayName length","/email email","/firstName length","/image url","/lastName length","/password length","/phone phone","/preferredLanguage language","/roles/0/role length","/securityAnswer length","/securityQuestion length","/username username"]"#
    );
    for email in
        ["a@b@c.de", "a b@c.de", "ann@", "@b.de", "ann@example.com\nBcc: x@y.z", "ann@e\u{a0}x.com"]
    {
        let response = register(&app, &json!({"email": email, "password": PASSWORD})).await;
        assert_eq!(response.brief(), r#"422 validation ["/email email"]"#, "{email}");
    }
    let nul =
        register(&app, &json!({"username": "ann", "firstName": "a\0b", "password": PASSWORD}))
            .await;
    assert_eq!(nul.brief(), r#"422 validation ["/firstName nul"]"#);
    assert_eq!(
        app.anonymous()
            .raw(reqwest::Method::POST, "/v1/auth/register", "text/plain", "{}")
            .await
            .brief(),
        "415 unsupported-media-type"
    );
}
