use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{TimeDelta, Utc};
use futures_util::future::join_all;
use serde_json::json;
use trellis::{
    config::ServerSettings,
    identity::attempts::{self, Attempt, Subjects},
};
use uuid::Uuid;

use super::support::{PASSWORD, claims, login, post_as, registered};
use crate::support::{Anonymous, Caller, Response, TestApp};

async fn login_from(who: Anonymous<'_>, forwarded: &str, login: &str, password: &str) -> Response {
    let body = json!({"login": login, "password": password});
    who.send(reqwest::Method::POST, "/v1/auth/login", ("x-forwarded-for", forwarded), Some(&body))
        .await
}

#[tokio::test]
async fn login_is_by_email_phone_or_username() {
    let app = TestApp::new().await;
    let body = json!({"email": "Ann@example.com", "phone": "+4915112345678", "username": "Ann",
        "password": PASSWORD});
    app.anonymous().post("/v1/auth/register", &body).await.ok(201);
    for name in ["ann@EXAMPLE.com", " +4915112345678 ", "aNN"] {
        let response = login(&app, name, PASSWORD).await;
        let answer = response.ok(200);
        assert_eq!(answer["user"]["email"], "Ann@example.com");
        assert_eq!((&answer["tokenType"], &answer["expiresIn"]), (&json!("Bearer"), &json!(600)));
        assert_eq!(json!(claims(&app, &answer).sub), answer["user"]["id"]);
        assert!(answer["user"]["lastLogin"].is_string() && answer["refreshExpiresAt"].is_string());
        assert_eq!(response.header("cache-control"), "no-store");
        assert!(!response.text.contains("argon2") && !response.text.contains("ash"));
    }
    let families = "select count(distinct family_id) from identity.sessions";
    assert_eq!(app.count(families).await, 4);
}

#[tokio::test]
async fn unknown_login_and_wrong_password_are_alike() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    app.user("oauth").await;
    let mut answers = Vec::new();
    for name in ["ann", "nobody", "oauth@example.com", "ann🌱", "' or 1=1 --"] {
        let before = app.app.passwords.work_done();
        let response = login(&app, name, "wrong password").await;
        assert_eq!(response.brief(), "401 unauthenticated");
        assert_eq!(response.header("www-authenticate"), "Bearer");
        answers.push((response.text, app.app.passwords.work_done() - before));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0] && answer.1 > 0), "{answers:?}");
}

#[tokio::test]
async fn an_account_that_is_switched_off_says_so_only_to_its_owner() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let mut wrong = Vec::new();
    for status in ["suspended", "inactive", "active"] {
        app.execute(&format!("update identity.users set status = '{status}'")).await;
        wrong.push(login(&app, "ann", "wrong password").await.text);
        let right = login(&app, "ann", PASSWORD).await;
        assert_eq!(right.status, if status == "active" { 200 } else { 403 });
    }
    assert!(wrong.iter().all(|answer| *answer == wrong[0]));
    assert_eq!(app.count("select count(*) from identity.sessions").await, 2);
}

#[tokio::test]
async fn after_five_failures_even_the_right_password_waits_longer_each_time() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    for _ in 0..5 {
        assert_eq!(login(&app, "Ann", "wrong password").await.status, 401);
    }
    for expected in [10, 20, 40, 80, 160, 320, 640, 900, 900] {
        let work = app.app.passwords.work_done();
        let blocked = login(&app, "ann", PASSWORD).await;
        assert_eq!(blocked.brief(), "429 too-many-requests");
        let seconds: u64 = blocked.header("retry-after").parse().unwrap();
        assert!((expected - 5..=expected).contains(&seconds), "{seconds} of {expected}");
        assert_eq!(app.app.passwords.work_done(), work, "hashed while blocked");
        app.execute("update identity.login_failures set blocked_until = null").await;
        assert_eq!(login(&app, "ann", "wrong password").await.status, 401);
    }
    // Unknown accounts are blocked just so.
    for _ in 0..5 {
        login_from(app.anonymous(), "10.1.1.1", "nobody", "wrong password").await;
    }
    let unknown = login_from(app.anonymous(), "10.1.1.1", "nobody", "wrong password").await;
    assert_eq!(unknown.brief(), "429 too-many-requests");
}

#[tokio::test]
async fn success_forgets_the_account_s_failures_but_not_the_address_s() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    for _ in 0..4 {
        login(&app, "ann", "wrong password").await;
    }
    login(&app, "ann", PASSWORD).await.ok(200);
    assert_eq!(
        app.count("select count(*) from identity.login_failures where kind = 'account'").await,
        0
    );
    assert_eq!(
        app.count("select failures::bigint from identity.login_failures where kind = 'address'")
            .await,
        4
    );
    for _ in 0..4 {
        assert_eq!(login(&app, "ann", "wrong password").await.status, 401);
    }
    login(&app, "ann", PASSWORD).await.ok(200);
}

#[tokio::test]
async fn old_failures_are_forgotten() {
    let app = TestApp::new().await;
    for _ in 0..4 {
        login(&app, "ann", "wrong password").await;
    }
    app.execute("update identity.login_failures set expires_at = now()").await;
    login(&app, "ann", "wrong password").await;
    assert_eq!(app.count("select sum(failures) from identity.login_failures").await, 2);
    assert_eq!(app.count("select count(*) from identity.login_failures where expires_at > now() + interval '59 minutes'").await, 2);
}

#[tokio::test]
async fn an_address_is_blocked_after_twenty_failures_of_any_account() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let who = app.anonymous();
    // What the client itself wrote before our proxy's entry does not count; one IPv6 client has a whole /64.
    for (guess, right, other) in [
        ("1.2.3.{}, 10.0.0.1", "9.9.9.9, 10.0.0.1", "10.0.0.2"),
        ("2001:db8::{}", "2001:db8::ffff", "2001:db8:0:1::1"),
    ] {
        for n in 0..20 {
            let from = guess.replace("{}", &n.to_string());
            assert_eq!(
                login_from(who, &from, &format!("guess{n}"), "wrong password").await.status,
                401
            );
        }
        assert_eq!(login_from(who, right, "ann", PASSWORD).await.brief(), "429 too-many-requests");
        login_from(who, other, "ann", PASSWORD).await.ok(200);
    }
}

#[tokio::test]
async fn without_a_proxy_of_ours_nobody_chooses_their_address() {
    let settings = ServerSettings { trust_proxy: false, ..TestApp::settings() };
    let app = TestApp::with(&TestApp::database().await, settings).await;
    for n in 0..3 {
        login_from(app.anonymous(), &format!("10.0.0.{n}"), "nobody", "wrong password").await;
    }
    assert_eq!(
        app.count("select failures::bigint from identity.login_failures where kind = 'address'")
            .await,
        3
    );
}

#[tokio::test]
async fn fifty_failures_at_once_are_all_counted() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let all = join_all((0..50).map(|_| login(&app, "ann", "wrong password"))).await;
    let wrong = all.iter().filter(|response| response.status == 401).count();
    assert!(
        wrong >= 5 && all.iter().all(|response| [401, 429].contains(&response.status)),
        "{all:?}"
    );
    let counted = "select failures::bigint from identity.login_failures where kind = 'account'";
    assert_eq!(app.count(counted).await, i64::try_from(wrong).unwrap());

    app.execute("delete from identity.login_failures").await;
    // What came through before the block is counted too, however many there are.
    let subjects = Subjects::new(Attempt::SignIn, "bob", "10.0.0.9".parse().unwrap());
    let count = async || attempts::failed(&mut app.app.pool.get().await.unwrap(), &subjects).await;
    assert!(join_all((0..50).map(|_| count())).await.into_iter().all(|counted| counted.is_ok()));
    assert_eq!(
        app.count("select count(*) from identity.login_failures where failures = 50").await,
        2
    );
}

#[tokio::test]
async fn a_right_guess_that_the_block_overtakes_does_not_get_through() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    // Hashes before ours in the queue give the failures time to be counted after our look-up.
    let busy = join_all((0..60).map(|_| app.app.passwords.verify("x", None)));
    let fail = async {
        let subjects = Subjects::new(Attempt::SignIn, "ann", "10.0.0.9".parse().unwrap());
        while app.app.passwords.work_done() < 4 * 19456 * 2 {
            tokio::task::yield_now().await;
        }
        for _ in 0..5 {
            let mut conn = app.app.pool.get().await.unwrap();
            attempts::failed(&mut conn, &subjects).await.unwrap();
        }
    };
    let (_, late, ()) = tokio::join!(busy, login(&app, "ann", PASSWORD), fail);
    assert_eq!(late.brief(), "429 too-many-requests");
    assert_eq!(app.count("select count(*) from identity.sessions").await, 1);
}

#[tokio::test]
async fn a_cheaper_hash_is_replaced_at_sign_in() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let cheap =
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(1024, 1, 1, None).unwrap());
    let hash = cheap.hash_password_with_salt(PASSWORD.as_bytes(), b"saltsaltsaltsalt").unwrap();
    app.execute(&format!("update identity.users set password_hash = '{hash}'")).await;
    login(&app, "ann", PASSWORD).await.ok(200);
    assert_eq!(
        app.count(
            "select count(*) from identity.users where password_hash like '%m=19456,t=2,p=1%'"
        )
        .await,
        1
    );
    login(&app, "ann", PASSWORD).await.ok(200);
}

#[tokio::test]
async fn odd_bodies_are_refused() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let who = app.anonymous();
    for (body, expected) in [
        (json!({}), r#"422 validation ["/login required"]"#),
        (json!({"login": "ann"}), r#"422 validation ["/password required"]"#),
        (json!({"login": null, "password": "x"}), r#"422 validation ["/login type"]"#),
        (
            json!({"login": "ann", "password": "x", "admin": true}),
            r#"422 validation ["/admin unknown_field"]"#,
        ),
        (json!({"login": "ann\0", "password": "x"}), r#"422 validation ["/login nul"]"#),
        (json!({"login": "ann", "password": "x\0"}), r#"422 validation ["/password nul"]"#),
        (
            json!({"login": "  ", "password": ""}),
            r#"422 validation ["/login length","/password length"]"#,
        ),
        (
            json!({"login": "x".repeat(255), "password": "x".repeat(1_000_000)}),
            r#"422 validation ["/login length","/password length"]"#,
        ),
        (json!({"login": "ann", "password": "x".repeat(1_100_000)}), "413 too-large"),
        (json!({"login": "a\u{301}nn\u{202e}", "password": "🌱王\u{fffd}"}), "401 unauthenticated"),
    ] {
        let response = who.post("/v1/auth/login", &body).await;
        assert_eq!(response.brief(), expected);
    }
    let broken =
        who.raw(reqwest::Method::POST, "/v1/auth/login", "application/json", "{\"login\":").await;
    assert_eq!(broken.brief(), "400 malformed");
    let latin = who
        .raw(reqwest::Method::POST, "/v1/auth/login", "application/json", vec![b'"', 0xff, b'"'])
        .await;
    assert!([400, 422].contains(&latin.status), "{latin:?}");
    assert_eq!(latin.header("cache-control"), "no-store");
}

#[tokio::test]
async fn only_genuine_access_tokens_are_accepted() {
    let app = TestApp::new().await;
    let ann = registered(&app, "ann").await;
    let genuine = ann["accessToken"].as_str().unwrap().to_owned();
    let id: Uuid = ann["user"]["id"].as_str().unwrap().parse().unwrap();
    let parts: Vec<&str> = genuine.split('.').collect();
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    let admin = URL_SAFE_NO_PAD.encode(payload.replace("coach:USER", "platform:admin"));
    let issue = |age| {
        app.app.tokens.issue(id, Uuid::now_v7(), Vec::new(), Utc::now() - TimeDelta::seconds(age))
    };
    let stranger = TestApp::on(&app.database_url).await;
    for forged in [
        format!("Bearer {none}.{}.", parts[1]),
        format!("Bearer {none}.{}.{}", parts[1], parts[2]),
        format!("Bearer {}.{}.", parts[0], parts[1]),
        format!("Bearer {}.{admin}.{}", parts[0], parts[2]),
        format!("Bearer {genuine}x"),
        format!("Bearer {}", issue(600)),
        format!("Bearer {}", stranger.app.tokens.issue(id, Uuid::now_v7(), Vec::new(), Utc::now())),
        format!("Bearer {}", ann["refreshToken"].as_str().unwrap()),
        format!("Basic {genuine}"),
        genuine.clone(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
    ] {
        let header = ("authorization", forged.as_str());
        let response =
            app.anonymous().send(reqwest::Method::POST, "/v1/auth/logout", header, None).await;
        assert_eq!(response.brief(), "401 unauthenticated", "{forged}");
    }
    let missing = app.anonymous().post("/v1/auth/logout-all", &json!({})).await;
    assert_eq!(missing.brief(), "401 unauthenticated");
    assert_eq!(
        app.count("select count(*) from identity.sessions where revoked_at is not null").await,
        0
    );
    let young = json!({"accessToken": issue(590)});
    post_as(&app, &young, "/v1/auth/logout").await.ok(204);
    post_as(&app, &ann, "/v1/auth/logout").await.ok(204);
}
