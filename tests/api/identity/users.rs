use reqwest::Method;
use serde_json::{Value, json};

use super::people::{PASSWORD, login, refresh, with_password};
use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/users";

async fn found(admin: &User<'_>, query: &str) -> Vec<String> {
    let page = admin.get(&format!("{PATH}?limit=100&{query}")).await.ok(200);
    let items = page["items"].as_array().unwrap();
    items.iter().map(|user| user["firstName"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn only_administrators_of_the_platform_see_users() {
    let app = TestApp::new().await;
    let ann = app.user_with_roles("ann", &["coach:ADMIN", "visitnow:admin"]).await;
    let place = format!("{PATH}/{}", ann.id);
    assert_eq!(ann.get(PATH).await.brief(), "403 forbidden");
    assert_eq!(ann.get(&place).await.brief(), "403 forbidden");
    assert_eq!(ann.patch(&place, &json!({"status": "active"})).await.brief(), "403 forbidden");
    assert_eq!(app.anonymous().get(PATH).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn users_are_listed_newest_first_and_by_status() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    app.user("ann").await;
    let bob = app.user("bob").await;
    admin.patch(&format!("{PATH}/{}", bob.id), &json!({"status": "inactive"})).await.ok(200);
    assert_eq!(found(&admin, "").await, ["bob", "ann", "admin"]);
    assert_eq!(found(&admin, "status=active").await, ["ann", "admin"]);
    assert_eq!(found(&admin, "status=inactive").await, ["bob"]);
    assert!(found(&admin, "status=suspended").await.is_empty());
}

#[tokio::test]
async fn users_are_found_by_the_beginning_of_any_name() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    app.user("ann").await;
    app.execute(
        "insert into identity.users (email, username, first_name, last_name, display_name, status) values
         ('x1@example.com', 'annabel', 'by username', null, null, 'active'),
         ('anna@example.com', null, 'by email', null, null, 'active'),
         ('x3@example.com', null, 'by last name', 'Annan', null, 'suspended'),
         ('x4@example.com', null, 'by display name', null, 'ANN Lee', 'active'),
         ('x5@example.com', null, 'not at all', 'Hannah', 'Joann', 'active'),
         ('x6@example.com', null, 'wildcards', '50%_\\off', null, 'active')",
    )
    .await;
    let all = ["by display name", "by last name", "by email", "by username", "ann"];
    assert_eq!(found(&admin, "q=ann").await, all);
    assert_eq!(found(&admin, "q=ANN").await, all);
    assert_eq!(found(&admin, "q=ann&status=suspended").await, ["by last name"]);
    assert_eq!(found(&admin, "q=ann%20l").await, ["by display name"]);
    assert!(found(&admin, "q=%25%25").await.is_empty());
    assert!(found(&admin, "q=__").await.is_empty());
    assert_eq!(found(&admin, "q=50%25_%5C").await, ["wildcards"]);
    assert!(found(&admin, "q=zz").await.is_empty());
}

#[tokio::test]
async fn every_list_is_paged_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    for name in ["anna", "annb", "annc", "annd"] {
        app.user(name).await;
    }
    for query in ["q=ann", "status=active", "q=ann&status=active", ""] {
        let whole = found(&admin, query).await;
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = admin.get(&format!("{PATH}?limit=2&{query}{cursor}")).await.ok(200);
            let items = page["items"].as_array().unwrap().clone();
            seen.extend(items.iter().map(|user| user["firstName"].as_str().unwrap().to_owned()));
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen, whole, "{query}");
        assert!(seen.len() >= 4, "{query}");
    }
}

#[tokio::test]
async fn parameters_that_mean_nothing_are_refused() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let long = format!("q={}", "x".repeat(101));
    for query in
        ["q=a", "q=", &long, "q=a%00b", "status=gone", "limit=0", "limit=101", "cursor=x", "name=x"]
    {
        assert_eq!(admin.get(&format!("{PATH}?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn one_user_is_read_with_a_tag() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.admin().await);
    let place = format!("{PATH}/{}", ann.id);
    let one = admin.get(&place).await;
    assert_eq!(one.ok(200), ann.get("/v1/me").await.ok(200));
    let again = admin.send(Method::GET, &place, ("if-none-match", one.etag()), None).await;
    assert_eq!(again.status, 304);
    let nobody = format!("{PATH}/00000000-0000-7000-8000-000000000000");
    assert_eq!(admin.get(&nobody).await.brief(), "404 not-found");
    assert_eq!(admin.patch(&nobody, &json!({"firstName": "x"})).await.brief(), "404 not-found");
    assert_eq!(admin.get(&format!("{PATH}/me")).await.brief(), "404 not-found");
}

#[tokio::test]
async fn who_is_suspended_or_switched_off_is_signed_out_and_cannot_come_back() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    for status in ["suspended", "inactive"] {
        let (person, token) = with_password(&app, status).await;
        let (_, others) = with_password(&app, &format!("not-{status}")).await;
        let place = format!("{PATH}/{}", person.id);
        let changed = admin.patch(&place, &json!({"status": status})).await;
        assert_eq!(changed.ok(200)["status"], status);
        assert_eq!(refresh(app.anonymous(), &token).await.brief(), "401 unauthenticated");
        assert_eq!(login(app.anonymous(), &person.email, PASSWORD).await.brief(), "403 forbidden");
        refresh(app.anonymous(), &others).await.ok(200);
        admin.patch(&place, &json!({"status": "active"})).await.ok(200);
        // Sessions that were ended stay so.
        assert_eq!(refresh(app.anonymous(), &token).await.brief(), "401 unauthenticated");
        login(app.anonymous(), &person.email, PASSWORD).await.ok(200);
    }
}

#[tokio::test]
async fn renaming_somebody_signs_nobody_out() {
    let app = TestApp::new().await;
    let ((ann, token), admin) = (with_password(&app, "ann").await, app.admin().await);
    let change = json!({"firstName": "Anna", "lastName": null, "displayName": "A", "preferredLanguage": "de"});
    let after = admin.patch(&format!("{PATH}/{}", ann.id), &change).await.ok(200);
    assert_eq!((&after["firstName"], &after["preferredLanguage"]), (&json!("Anna"), &json!("de")));
    assert_eq!(after["email"], "ann@example.com");
    refresh(app.anonymous(), &token).await.ok(200);
}

#[tokio::test]
async fn an_administrator_does_not_suspend_themselves() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let place = format!("{PATH}/{}", admin.id);
    for status in ["suspended", "inactive"] {
        assert_eq!(admin.patch(&place, &json!({"status": status})).await.brief(), "409 conflict");
    }
    let mine = json!({"status": "active", "firstName": "Root"});
    assert_eq!(admin.patch(&place, &mine).await.ok(200)["firstName"], "Root");
}

#[tokio::test]
async fn an_administrator_does_not_change_what_somebody_signs_in_with() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.admin().await);
    let place = format!("{PATH}/{}", ann.id);
    for field in
        ["email", "phone", "username", "emailVerified", "passwordHash", "id", "twoFactorEnabled"]
    {
        let refused = admin.patch(&place, &json!({field: "x"})).await;
        assert_eq!(
            refused.brief().to_string(),
            format!(r#"422 validation ["/{field} unknown_field"]"#)
        );
    }
    let refused = admin.patch(&place, &json!({"status": "gone", "firstName": ""})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/status type"]"#);
    assert_eq!(admin.patch(&place, &json!({"status": null})).await.status, 422);
}

#[tokio::test]
async fn an_old_version_is_refused() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.admin().await);
    let place = format!("{PATH}/{}", ann.id);
    let old = admin.get(&place).await.etag().to_owned();
    let change: Value = json!({"firstName": "Anna"});
    admin.send(Method::PATCH, &place, ("if-match", &old), Some(&change)).await.ok(200);
    let refused = admin.send(Method::PATCH, &place, ("if-match", &old), Some(&change)).await;
    assert_eq!(refused.brief(), "412 precondition-failed");
}
