use futures_util::future::join_all;
use serde_json::{Value, json};

use super::support::{PASSWORD, login, mailed_token, post_as, refresh, registered};
use crate::support::{Caller, Response, TestApp};

const NEW: &str = "another long sentence";
const ANN: &str = "ann@example.com";

async fn forgot(app: &TestApp, login: &str) -> Response {
    app.anonymous().post("/v1/auth/password/forgot", &json!({"login": login})).await
}

async fn reset(app: &TestApp, token: &str, password: &str, answer: Option<&str>) -> Response {
    let mut body = json!({"token": token, "password": password});
    if let Some(answer) = answer {
        body["securityAnswer"] = json!(answer);
    }
    app.anonymous().post("/v1/auth/password/reset", &body).await
}

/// Registers Ann with a security question; the token of a reset mail.
async fn asked(app: &TestApp) -> String {
    let body = json!({"email": ANN, "password": PASSWORD,
        "securityQuestion": "Where were you born?", "securityAnswer": "Rue de la Paix"});
    app.anonymous().post("/v1/auth/register", &body).await.ok(201);
    forgot(app, ANN).await.ok(204);
    reset_token(app, ANN, 1).await
}

/// The token of the `n`th reset mail; registration sent one mail before.
async fn reset_token(app: &TestApp, to: &str, n: usize) -> String {
    mailed_token(app, to, n + 1).await
}

#[tokio::test]
async fn a_mailed_token_sets_the_password_once_and_signs_out_everywhere() {
    let app = TestApp::new().await;
    let (ann, bob) = (registered(&app, "ann").await, registered(&app, "bob").await);
    super::support::mail(&app, ANN, 1).await;
    let response = forgot(&app, "ANN").await;
    response.ok(204);
    assert_eq!(response.header("cache-control"), "no-store");
    let token = reset_token(&app, ANN, 1).await;
    reset(&app, &token, NEW, None).await.ok(204);
    assert_eq!(login(&app, "ann", PASSWORD).await.status, 401);
    let answer = login(&app, "ann", NEW).await.ok(200);
    assert_eq!(answer["user"]["emailVerified"], true);
    assert_eq!(refresh(&app, &ann).await.status, 401);
    refresh(&app, &bob).await.ok(200);
    assert_eq!(
        reset(&app, &token, PASSWORD, None).await.brief(),
        r#"422 validation ["/token token"]"#
    );
    login(&app, "ann", NEW).await.ok(200);
    assert_eq!(app.count("select count(*) from audit.logs where actor_id is null and entity_type in ('identity.users', 'identity.one_time_tokens')").await, 0);
    // What is left of an access token's ten minutes.
    post_as(&app, &ann, "/v1/auth/logout").await.ok(204);
}

#[tokio::test]
async fn forgot_answers_alike_whether_there_is_an_account_or_not() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    super::support::mail(&app, ANN, 1).await;
    registered(&app, "eve").await;
    app.execute("update identity.users set status = 'suspended' where username = 'eve'").await;
    let phone = json!({"phone": "+4915112345678", "password": PASSWORD});
    app.anonymous().post("/v1/auth/register", &phone).await.ok(201);
    let known = forgot(&app, "ann").await;
    for login in ["nobody", "eve", "+4915112345678", "nobody@example.com"] {
        let other = forgot(&app, login).await;
        assert_eq!((other.status, &other.text), (known.status, &known.text));
        let names = |response: &Response| -> Vec<String> {
            response.headers.keys().map(ToString::to_string).collect()
        };
        assert_eq!(names(&other), names(&known));
    }
    reset_token(&app, ANN, 1).await;
    let resets = "select count(*) from identity.one_time_tokens where purpose = 'password_reset'";
    assert_eq!(app.count(resets).await, 1);
}

#[tokio::test]
async fn a_newer_token_voids_the_older() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    super::support::mail(&app, ANN, 1).await;
    forgot(&app, ANN).await.ok(204);
    let older = reset_token(&app, ANN, 1).await;
    forgot(&app, ANN).await.ok(204);
    let newer = reset_token(&app, ANN, 2).await;
    assert_eq!(reset(&app, &older, NEW, None).await.brief(), r#"422 validation ["/token token"]"#);
    reset(&app, &newer, NEW, None).await.ok(204);
}

#[tokio::test]
async fn tokens_that_are_late_foreign_or_for_another_address_are_refused() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    let verification = mailed_token(&app, ANN, 1).await;
    forgot(&app, ANN).await.ok(204);
    let token = reset_token(&app, ANN, 1).await;
    for wrong in [verification.as_str(), "x", "🌱", &token[1..]] {
        assert_eq!(
            reset(&app, wrong, NEW, None).await.brief(),
            r#"422 validation ["/token token"]"#
        );
    }
    for (wrong, mended) in [
        (
            "update identity.one_time_tokens set expires_at = now()",
            "update identity.one_time_tokens set expires_at = now() + interval '1 minute'",
        ),
        (
            "update identity.users set email = 'other@example.com'",
            "update identity.users set email = 'Ann@Example.com'",
        ),
    ] {
        app.execute(wrong).await;
        assert_eq!(
            reset(&app, &token, NEW, None).await.brief(),
            r#"422 validation ["/token token"]"#
        );
        app.execute(mended).await;
    }
    reset(&app, &token, NEW, None).await.ok(204);
}

#[tokio::test]
async fn tokens_last_thirty_minutes_and_only_their_hash_is_stored() {
    let app = TestApp::new().await;
    let token = asked(&app).await;
    let life = "select count(*) from identity.one_time_tokens where octet_length(token_hash) = 32 \
        and expires_at between now() + interval '29 minutes' and now() + interval '30 minutes'";
    assert_eq!(app.count(life).await, 2);
    let sql = format!(
        "do $$ begin assert exists (select from identity.one_time_tokens \
        where token_hash = sha256('{token}')); end $$"
    );
    app.execute(&sql).await;
}

#[tokio::test]
async fn the_security_question_is_asked_in_addition() {
    let app = TestApp::new().await;
    let token = asked(&app).await;
    let missing = reset(&app, &token, NEW, None).await;
    assert_eq!(missing.brief(), r#"422 validation ["/securityAnswer required"]"#);
    assert!(missing.json()["detail"].as_str().unwrap().contains("Where were you born?"));
    let wrong = reset(&app, &token, NEW, Some("Paris")).await;
    assert_eq!(wrong.brief(), r#"422 validation ["/securityAnswer wrong"]"#);
    // Without the token the answer opens nothing, and the question is nobody's business.
    let stranger = reset(&app, "x", NEW, Some("Rue de la Paix")).await;
    assert_eq!(stranger.brief(), r#"422 validation ["/token token"]"#);
    assert!(!stranger.text.contains("born"));
    reset(&app, &token, NEW, Some("  rue DE la\tpaix ")).await.ok(204);
    login(&app, ANN, NEW).await.ok(200);
}

#[tokio::test]
async fn answers_cannot_be_guessed() {
    let app = TestApp::new().await;
    let token = asked(&app).await;
    let work = app.app.passwords.work_done();
    let all = join_all((0..30).map(|_| reset(&app, &token, NEW, Some("Paris")))).await;
    let tried = all.iter().filter(|response| response.status == 422).count();
    assert_eq!(tried, 5, "{all:?}");
    assert!(all.iter().all(|response| [422, 429].contains(&response.status)));
    assert_eq!(app.app.passwords.work_done() - work, 5 * 19456 * 2);
    let right = reset(&app, &token, NEW, Some("Rue de la Paix")).await;
    assert_eq!(right.brief(), "429 too-many-requests");
    assert!(!right.header("retry-after").is_empty());
    // A new mail gives no new guesses.
    forgot(&app, ANN).await.ok(204);
    let token = reset_token(&app, ANN, 2).await;
    assert_eq!(reset(&app, &token, NEW, Some("Paris")).await.status, 429);
    app.execute("update identity.login_failures set blocked_until = now()").await;
    reset(&app, &token, NEW, Some("Rue de la Paix")).await.ok(204);
}

#[tokio::test]
async fn of_many_resets_at_once_one_wins() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    super::support::mail(&app, ANN, 1).await;
    forgot(&app, ANN).await.ok(204);
    let token = reset_token(&app, ANN, 1).await;
    let passwords: Vec<String> = (0..10).map(|n| format!("{NEW} {n}")).collect();
    let all = join_all(passwords.iter().map(|password| reset(&app, &token, password, None))).await;
    let won: Vec<usize> = (0..10).filter(|n| all[*n].status == 204).collect();
    assert_eq!(won.len(), 1, "{all:?}");
    login(&app, "ann", &passwords[won[0]]).await.ok(200);
}

#[tokio::test]
async fn a_sign_in_with_the_old_password_never_outlives_the_reset_beside_it() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    super::support::mail(&app, ANN, 1).await;
    let mut old = PASSWORD.to_owned();
    for round in 1..=4 {
        forgot(&app, ANN).await.ok(204);
        let token = reset_token(&app, ANN, round).await;
        let new = format!("{NEW} {round}");
        let (done, signed_in) = tokio::join!(
            reset(&app, &token, &new, None),
            join_all((0..4).map(|_| login(&app, ANN, &old)))
        );
        done.ok(204);
        for tokens in signed_in.iter().filter(|response| response.status == 200) {
            assert_eq!(refresh(&app, &tokens.json()).await.status, 401);
        }
        app.execute("delete from identity.login_failures").await;
        old = new;
    }
}

#[tokio::test]
async fn a_reset_lifts_the_block_of_the_account() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    super::support::mail(&app, ANN, 1).await;
    for _ in 0..5 {
        login(&app, "Ann@example.com", "wrong password").await;
    }
    assert_eq!(login(&app, ANN, PASSWORD).await.status, 429);
    forgot(&app, ANN).await.ok(204);
    reset(&app, &reset_token(&app, ANN, 1).await, NEW, None).await.ok(204);
    login(&app, ANN, NEW).await.ok(200);
}

#[tokio::test]
async fn new_passwords_are_checked_and_nothing_else_is_taken() {
    let app = TestApp::new().await;
    let token = asked(&app).await;
    for (body, expected) in [
        (json!({"token": token, "password": "short"}), r#"422 validation ["/password length"]"#),
        (
            json!({"token": token, "password": "password1"}),
            r#"422 validation ["/password common"]"#,
        ),
        (json!({"token": token}), r#"422 validation ["/password required"]"#),
        (json!({"password": NEW}), r#"422 validation ["/token required"]"#),
        (json!({"token": "", "password": NEW}), r#"422 validation ["/token length"]"#),
        (
            json!({"token": token, "password": NEW, "securityAnswer": " "}),
            r#"422 validation ["/securityAnswer length"]"#,
        ),
        (
            json!({"token": token, "password": NEW, "login": "bob"}),
            r#"422 validation ["/login unknown_field"]"#,
        ),
        (json!({"token": "\0", "password": NEW}), r#"422 validation ["/token nul"]"#),
    ] {
        let response = app.anonymous().post("/v1/auth/password/reset", &body).await;
        assert_eq!(response.brief(), expected);
    }
    let empty: Value = json!({"login": ""});
    assert_eq!(
        app.anonymous().post("/v1/auth/password/forgot", &empty).await.brief(),
        r#"422 validation ["/login length"]"#
    );
}

#[tokio::test]
async fn mails_are_rationed_per_account_and_per_address() {
    let app = TestApp::new().await;
    for login in ["nobody", "Nobody", "nobody ", "NOBODY", "nobody"] {
        forgot(&app, login).await.ok(204);
    }
    let blocked = forgot(&app, "nobody").await;
    assert_eq!(blocked.brief(), "429 too-many-requests");
    assert!(!blocked.header("retry-after").is_empty());
    // Each kind of try is counted on its own.
    assert_eq!(login(&app, "nobody", "wrong password").await.status, 401);
    app.anonymous().post("/v1/auth/email/resend", &json!({"login": "nobody"})).await.ok(204);
    for n in 0..14 {
        forgot(&app, &format!("nobody{n}")).await.ok(204);
    }
    let most = join_all((20..40).map(|n| {
        let name = format!("nobody{n}");
        let app = &app;
        async move { forgot(app, &name).await.status }
    }))
    .await;
    assert!(most.iter().filter(|status| **status == 204).count() <= 1, "{most:?}");
    assert!(most.contains(&429));
}
