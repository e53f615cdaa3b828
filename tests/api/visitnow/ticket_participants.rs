use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use super::tickets::{PATH, given_ticket, keeper};
use crate::support::{Caller, Response, TestApp, User};

/// Has somebody follow a ticket.
async fn added(by: &User<'_>, place: &str, whom: Uuid) -> Response {
    by.post(&format!("{place}/participants"), &json!({"userId": whom})).await
}

/// Removes somebody from a ticket.
async fn removed(by: &User<'_>, place: &str, whom: Uuid) -> Response {
    by.delete(&format!("{place}/participants/{whom}")).await
}

#[tokio::test]
async fn administrators_have_somebody_follow_a_ticket() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_ticket(&ann, "x").await;
    let before = ann.get(&place).await;
    for user in [&ann, &bob] {
        assert_eq!(added(user, &place, bob.id).await.brief(), "403 forbidden");
    }
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    for _ in 0..2 {
        let joined = added(&keeper, &place, bob.id).await;
        assert_eq!(joined.ok(200)["participantIds"], json!([ann.id, bob.id]));
        assert_ne!(joined.etag(), before.etag(), "it is another version");
        assert_eq!(bob.get(&place).await.ok(200), joined.json());
        assert_eq!(joined.json()["events"], before.json()["events"]);
    }
    assert_eq!(bob.get(PATH).await.ok(200)["items"][0]["subject"], "x");
    bob.post(&format!("{place}/comments"), &json!({"message": "Me, too."})).await.ok(200);
    app.execute(&format!("update identity.users set status = 'suspended' where id = '{}'", bob.id))
        .await;
    let carla = app.user("carla").await;
    app.execute(&format!(
        "update identity.users set status = 'suspended' where id = '{}'",
        carla.id
    ))
    .await;
    for whom in [carla.id, Uuid::now_v7()] {
        let refused = added(&keeper, &place, whom).await;
        assert_eq!(refused.brief(), r#"422 validation ["/userId check"]"#);
    }
    let nowhere = format!("{PATH}/{}", Uuid::now_v7());
    assert_eq!(added(&keeper, &nowhere, ann.id).await.brief(), "404 not-found");
}

#[tokio::test]
async fn participants_leave_and_administrators_remove() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_ticket(&ann, "x").await;
    assert_eq!(removed(&bob, &place, ann.id).await.brief(), "404 not-found", "a stranger");
    assert_eq!(removed(&bob, &place, bob.id).await.brief(), "404 not-found");
    added(&keeper, &place, bob.id).await.ok(200);
    assert_eq!(removed(&bob, &place, ann.id).await.brief(), "403 forbidden");
    assert_eq!(removed(&ann, &place, bob.id).await.brief(), "403 forbidden");
    assert_eq!(removed(&keeper, &place, keeper.id).await.brief(), "404 not-found");
    let before = ann.get(&place).await;
    assert_eq!(removed(&bob, &place, bob.id).await.status, 204);
    assert_eq!(removed(&bob, &place, bob.id).await.brief(), "404 not-found");
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    let after = ann.get(&place).await;
    assert_eq!(after.ok(200)["participantIds"], json!([ann.id]));
    assert_ne!(after.etag(), before.etag(), "it is another version");
    added(&keeper, &place, bob.id).await.ok(200);
    assert_eq!(removed(&keeper, &place, ann.id).await.status, 204);
    assert_eq!(ann.get(&place).await.brief(), "404 not-found");
    assert_eq!(keeper.get(&place).await.ok(200)["participantIds"], json!([bob.id]));
    for id in ["x", "00000000-0000-0000-0000-000000000000"] {
        let nobody = keeper.delete(&format!("{place}/participants/{id}")).await;
        assert_eq!(nobody.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn with_its_last_participant_a_ticket_goes() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_ticket(&ann, "x").await;
    assert_eq!(removed(&ann, &place, ann.id).await.status, 204);
    assert_eq!(keeper.get(&place).await.brief(), "404 not-found");
    let place = given_ticket(&ann, "of two").await;
    added(&keeper, &place, bob.id).await.ok(200);
    let (one, other) = (removed(&ann, &place, ann.id), removed(&bob, &place, bob.id));
    for left in join_all([Box::pin(one), Box::pin(other)]).await {
        assert_eq!(left.status, 204, "{left:?}");
    }
    assert_eq!(app.count("select count(*) from visitnow.tickets").await, 0);
    given_ticket(&bob, "of a leaver").await;
    app.execute(&format!("delete from identity.users where id = '{}'", bob.id)).await;
    assert_eq!(app.count("select count(*) from visitnow.tickets").await, 0);
}

#[tokio::test]
async fn who_is_added_and_leaves_at_once_leaves_a_whole_ticket() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_ticket(&ann, "x").await;
    let changes = (0..12).map(async |turn| match turn % 2 {
        0 => added(&keeper, &place, bob.id).await.status,
        _ => removed(&keeper, &place, bob.id).await.status,
    });
    for status in join_all(changes).await {
        assert!([200, 204, 404].contains(&status), "{status}");
    }
    let ids = ann.get(&place).await.ok(200)["participantIds"].clone();
    assert!(ids == json!([ann.id]) || ids == json!([ann.id, bob.id]), "{ids}");
}
