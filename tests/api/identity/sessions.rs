use serde_json::json;

use super::people::{PASSWORD, login, refresh, session_of, with_password};
use crate::support::{Caller, TestApp};

const PATH: &str = "/v1/me/sessions";

#[tokio::test]
async fn a_sign_in_is_one_session_however_often_it_is_refreshed() {
    let app = TestApp::new().await;
    let (ann, token) = with_password(&app, "ann").await;
    with_password(&app, "bob").await;
    let first = ann.get(PATH).await.ok(200)["items"][0].clone();
    let token = refresh(app.anonymous(), &token).await.ok(200)["refreshToken"].clone();
    refresh(app.anonymous(), token.as_str().unwrap()).await.ok(200);
    let page = ann.get(PATH).await.ok(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    let session = &page["items"][0];
    assert_eq!(session["id"], session_of(&ann));
    assert_eq!(session["createdAt"], first["createdAt"]);
    assert!(session["lastUsedAt"].as_str() > first["lastUsedAt"].as_str());
    assert_eq!(session["ip"], "127.0.0.1");
    assert!(!ann.get(PATH).await.text.contains("oken"));
}

#[tokio::test]
async fn current_is_the_session_of_this_request_alone() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    login(app.anonymous(), &ann.email, PASSWORD).await.ok(200);
    let page = ann.get(PATH).await.ok(200);
    let current: Vec<bool> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["current"].as_bool().unwrap())
        .collect();
    assert_eq!(current, [false, true], "newest first");
}

#[tokio::test]
async fn a_session_ends_for_its_owner_alone() {
    let app = TestApp::new().await;
    let (ann, anns) = with_password(&app, "ann").await;
    let (bob, bobs) = with_password(&app, "bob").await;
    let place = format!("{PATH}/{}", session_of(&ann));
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    assert_eq!(ann.delete(&place).await.status, 204);
    assert_eq!(ann.delete(&place).await.brief(), "404 not-found");
    assert_eq!(refresh(app.anonymous(), &anns).await.brief(), "401 unauthenticated");
    refresh(app.anonymous(), &bobs).await.ok(200);
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([]));
    assert_eq!(ann.delete(&format!("{PATH}/nonsense")).await.brief(), "404 not-found");
}

#[tokio::test]
async fn what_expired_or_was_revoked_is_no_session() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    app.execute(&format!(
        "insert into identity.sessions (user_id, family_id, refresh_token_hash, expires_at, revoked_at, user_agent)
         select '{}', base.uuid_v7(), sha256(label::bytea), expires_at, revoked_at, label
         from (values ('alive', now() + interval '1 day', null), ('expired', now() - interval '1 second', null),
           ('revoked', now() + interval '1 day', now())) as made (label, expires_at, revoked_at)",
        ann.id
    ))
    .await;
    let page = ann.get(PATH).await.ok(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert_eq!(page["items"][0]["userAgent"], "alive");
}

#[tokio::test]
async fn sessions_are_paged_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    app.execute(&format!(
        "insert into identity.sessions (user_id, family_id, refresh_token_hash, expires_at)
         select '{}', base.uuid_v7(), sha256(nth::text::bytea), now() + interval '1 day'
         from generate_series(1, 5) as nth",
        ann.id
    ))
    .await;
    let whole = ann.get(PATH).await.ok(200);
    let first = ann.get(&format!("{PATH}?limit=3")).await.ok(200);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = ann.get(&format!("{PATH}?limit=3&cursor={cursor}")).await.ok(200);
    let items =
        [first["items"].as_array().unwrap().clone(), second["items"].as_array().unwrap().clone()];
    assert_eq!(json!(items.concat()), whole["items"]);
    assert_eq!(second["nextCursor"], json!(null));
}
