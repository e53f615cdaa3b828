use reqwest::Method;
use serde_json::json;

use super::people::with_password;
use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/me/accounts";

/// Links an account at this provider, with tokens, by hand: there is no route that does.
async fn link(app: &TestApp, user: &User<'_>, provider: &str) {
    app.execute(&format!(
        "insert into identity.accounts
           (user_id, type, provider, provider_account_id, access_token, refresh_token, id_token, scope)
         values ('{}', 'oauth', '{provider}', 'at {provider}', 'secret-access', 'secret-refresh', 'secret-id', 'read')",
        user.id
    ))
    .await;
}

#[tokio::test]
async fn accounts_are_ones_own_and_their_tokens_nobodys() {
    let app = TestApp::new().await;
    let ((ann, _), bob) = (with_password(&app, "ann").await, app.user("bob").await);
    link(&app, &ann, "github").await;
    let page = ann.get(PATH).await;
    let account = &page.ok(200)["items"][0];
    assert_eq!(account["provider"], "github");
    assert_eq!((&account["type"], &account["scope"]), (&json!("oauth"), &json!("read")));
    assert!(!page.text.contains("secret"));
    let place = format!("{PATH}/{}", account["id"].as_str().unwrap());
    assert_eq!(&ann.get(&place).await.ok(200), account);
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
    let stale = ann.send(Method::DELETE, &place, ("if-match", "\"0\""), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(ann.delete(&place).await.status, 204);
    assert_eq!(ann.delete(&place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn the_last_way_to_sign_in_stays() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    link(&app, &ann, "github").await;
    link(&app, &ann, "google").await;
    let page = ann.get(PATH).await.ok(200);
    let place = |nth: usize| format!("{PATH}/{}", page["items"][nth]["id"].as_str().unwrap());
    assert_eq!(ann.delete(&place(0)).await.status, 204);
    assert_eq!(ann.delete(&place(1)).await.brief(), "409 conflict");
    ann.get(&place(1)).await.ok(200);
}

#[tokio::test]
async fn two_accounts_unlinked_at_once_leave_one() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for round in 0..10 {
        link(&app, &ann, &format!("a{round}")).await;
    }
    let page = ann.get(PATH).await.ok(200);
    let places: Vec<String> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|account| format!("{PATH}/{}", account["id"].as_str().unwrap()))
        .collect();
    let answers =
        futures_util::future::join_all(places.iter().map(|place| ann.delete(place))).await;
    assert!(answers.iter().all(|answer| [204, 409].contains(&answer.status)), "{answers:?}");
    assert_eq!(ann.get(PATH).await.ok(200)["items"].as_array().unwrap().len(), 1);
}
