use futures_util::future::join_all;
use serde_json::json;

use super::support::{PASSWORD, claims, login, post_as, refresh, registered};
use crate::support::TestApp;

const LIVE: &str = "select count(*) from identity.sessions where revoked_at is null";

/// As if 11 seconds had passed since the last use of every token.
const LATER: &str =
    "update identity.sessions set last_used_at = last_used_at - interval '11 seconds'";

#[tokio::test]
async fn refresh_gives_new_tokens_of_the_same_session_with_the_roles_of_now() {
    let app = TestApp::new().await;
    let ann = registered(&app, "ann").await;
    app.execute("insert into identity.role_grants (user_id, domain, role_code) select id, 'platform', 'admin' from identity.users").await;
    let response = refresh(&app, &ann).await;
    let next = response.ok(200);
    assert_eq!(response.header("cache-control"), "no-store");
    assert_ne!(next["refreshToken"], ann["refreshToken"]);
    let (before, after) = (claims(&app, &ann), claims(&app, &next));
    assert_eq!((before.sub, before.sid), (after.sub, after.sid));
    assert_eq!(after.roles, ["coach:USER", "migratio:user", "platform:admin"]);
    let chained = "select count(*) from identity.sessions as next join identity.sessions as first \
        on next.rotated_from = first.id and next.family_id = first.family_id \
        where first.last_used_at is not null and next.last_used_at is null";
    assert_eq!(app.count(chained).await, 1);
    refresh(&app, &next).await.ok(200);
}

#[tokio::test]
async fn two_tabs_may_use_the_same_token_within_ten_seconds() {
    let app = TestApp::new().await;
    let ann = registered(&app, "ann").await;
    let one = refresh(&app, &ann).await.ok(200);
    let two = refresh(&app, &ann).await.ok(200);
    assert_ne!(one["refreshToken"], two["refreshToken"]);
    refresh(&app, &one).await.ok(200);
    refresh(&app, &two).await.ok(200);
}

#[tokio::test]
async fn a_token_used_again_later_ends_the_session() {
    let app = TestApp::new().await;
    let ann = registered(&app, "ann").await;
    let elsewhere = login(&app, "ann", PASSWORD).await.ok(200);
    let next = refresh(&app, &ann).await.ok(200);
    app.execute(LATER).await;
    assert_eq!(refresh(&app, &ann).await.brief(), "401 unauthenticated");
    assert_eq!(refresh(&app, &next).await.brief(), "401 unauthenticated");
    assert_eq!(app.count(LIVE).await, 1);
    refresh(&app, &elsewhere).await.ok(200);
}

#[tokio::test]
async fn a_token_used_again_after_its_successor_ends_the_session() {
    let app = TestApp::new().await;
    let ann = registered(&app, "ann").await;
    let next = refresh(&app, &ann).await.ok(200);
    let last = refresh(&app, &next).await.ok(200);
    assert_eq!(refresh(&app, &ann).await.brief(), "401 unauthenticated");
    assert_eq!(refresh(&app, &last).await.brief(), "401 unauthenticated");
    assert_eq!(app.count(LIVE).await, 0);
    let actor = "select count(*) from audit.logs where entity_type = 'identity.sessions' \
        and action = 'update' and actor_id = (select id from identity.users)";
    assert_eq!(app.count(actor).await, 3);
}

#[tokio::test]
async fn fifty_refreshes_at_once_all_get_tokens_and_keep_the_session() {
    let app = TestApp::new().await;
    let ann = registered(&app, "ann").await;
    let all = join_all((0..50).map(|_| refresh(&app, &ann))).await;
    assert!(all.iter().all(|response| response.status == 200), "{all:?}");
    assert_eq!(app.count(LIVE).await, 51);
    assert_eq!(app.count("select count(distinct family_id) from identity.sessions").await, 1);
    refresh(&app, &all[17].json()).await.ok(200);
}

#[tokio::test]
async fn stolen_tokens_used_at_once_do_not_trip_over_one_another() {
    let app = TestApp::new().await;
    let ann = registered(&app, "ann").await;
    let mut used = Vec::new();
    for tokens in join_all((0..10).map(|_| refresh(&app, &ann))).await {
        let tokens = tokens.ok(200);
        refresh(&app, &tokens).await.ok(200);
        used.push(tokens);
    }
    app.execute(LATER).await;
    let all = join_all(used.iter().chain(&used).map(|tokens| refresh(&app, tokens))).await;
    assert!(all.iter().all(|response| response.status == 401), "{all:?}");
    assert_eq!(app.count(LIVE).await, 0);
}

#[tokio::test]
async fn dead_tokens_are_refused() {
    let app = TestApp::new().await;
    for (n, death) in [
        "update identity.sessions set expires_at = now()",
        "update identity.sessions set revoked_at = now()",
        "update identity.users set status = 'suspended'",
        "delete from identity.users",
    ]
    .iter()
    .enumerate()
    {
        let ann = registered(&app, &format!("ann{n}")).await;
        app.execute(death).await;
        assert_eq!(refresh(&app, &ann).await.brief(), "401 unauthenticated", "{death}");
    }
    for token in ["x".to_owned(), "🌱".to_owned(), "x".repeat(200)] {
        assert_eq!(
            refresh(&app, &json!({"refreshToken": token})).await.brief(),
            "401 unauthenticated"
        );
    }
    let long = refresh(&app, &json!({"refreshToken": "x".repeat(201)})).await;
    assert_eq!(long.brief(), r#"422 validation ["/refreshToken length"]"#);
}

#[tokio::test]
async fn logout_ends_this_session_and_logout_all_every_one_of_the_caller() {
    let app = TestApp::new().await;
    let (ann, bob) = (registered(&app, "ann").await, registered(&app, "bob").await);
    let (phone, tablet) =
        (login(&app, "ann", PASSWORD).await.ok(200), login(&app, "ann", PASSWORD).await.ok(200));
    post_as(&app, &ann, "/v1/auth/logout").await.ok(204);
    assert_eq!(refresh(&app, &ann).await.status, 401);
    let phone = refresh(&app, &phone).await.ok(200);
    // Nothing is left to end: the same answer.
    post_as(&app, &ann, "/v1/auth/logout").await.ok(204);
    let response = post_as(&app, &ann, "/v1/auth/logout-all").await;
    response.ok(204);
    assert_eq!(response.header("cache-control"), "no-store");
    assert_eq!(refresh(&app, &phone).await.status, 401);
    assert_eq!(refresh(&app, &tablet).await.status, 401);
    refresh(&app, &bob).await.ok(200);
    assert_eq!(app.count("select count(*) from audit.logs where actor_id is null and entity_type = 'identity.sessions'").await, 0);
}

#[tokio::test]
async fn a_refresh_never_outlives_the_logout_beside_it() {
    let app = TestApp::new().await;
    registered(&app, "ann").await;
    for round in 0..20 {
        let tokens = login(&app, "ann", PASSWORD).await.ok(200);
        let path = if round % 2 == 0 { "/v1/auth/logout" } else { "/v1/auth/logout-all" };
        let (refreshed, left) = tokio::join!(refresh(&app, &tokens), post_as(&app, &tokens, path));
        left.ok(204);
        if refreshed.status == 200 {
            assert_eq!(refresh(&app, &refreshed.json()).await.status, 401);
        }
    }
}
