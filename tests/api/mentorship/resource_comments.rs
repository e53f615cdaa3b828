use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::resources::{given_resource, keeper};
use crate::support::{Caller, TestApp, User, assert_holds};

/// Says something about a resource; where it is found.
async fn say(user: &User<'_>, resource: &str, content: &str) -> String {
    let made = user.post(&format!("{resource}/comments"), &json!({"content": content})).await;
    made.ok(201);
    made.header("location").to_owned()
}

#[tokio::test]
async fn whoever_reads_a_resource_reads_its_comments_and_adds_to_them() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    bob.patch("/v1/me", &json!({"displayName": "Bob B."})).await.ok(200);
    let resource = given_resource(&ann, json!({"isPublished": true})).await;
    let id = resource.rsplit('/').next().unwrap();
    let place = say(&bob, &resource, "It helped. 🌱").await;
    assert!(place.starts_with(&format!("{resource}/comments/")));
    let fields = json!({
        "resourceId": id, "userId": bob.id, "displayName": "Bob B.", "content": "It helped. 🌱",
    });
    for reader in [&ann, &bob, &keeper] {
        assert_holds(&reader.get(&place).await.ok(200), &fields);
    }
    say(&ann, &resource, "Thank you.").await;
    say(&keeper, &resource, "Indeed.").await;
    let seen = bob.all(&format!("{resource}/comments"), 1).await;
    let seen: Vec<_> = seen.iter().map(|one| one["content"].as_str().unwrap()).collect();
    assert_eq!(seen, ["Indeed.", "Thank you.", "It helped. 🌱"]);
}

#[tokio::test]
async fn comments_on_what_one_may_not_read_are_not_there() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let resource = given_resource(&ann, json!({"isPublished": true})).await;
    let (bobs, anns) = (say(&bob, &resource, "x").await, say(&ann, &resource, "y").await);
    ann.patch(&resource, &json!({"isPublished": false})).await.ok(200);
    let comments = format!("{resource}/comments");
    let body = json!({"content": "z"});
    assert_eq!(bob.get(&comments).await.brief(), "404 not-found");
    assert_eq!(bob.post(&comments, &body).await.brief(), "404 not-found");
    for place in [&bobs, &anns] {
        for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
            let body = (method != Method::GET).then_some(&body);
            let refused = bob.send(method.clone(), place, ("x", "y"), body).await;
            assert_eq!(refused.brief(), "404 not-found", "{method} {place}");
        }
        keeper.get(place).await.ok(200);
    }
    assert_eq!(ann.get(&comments).await.ok(200)["items"].as_array().unwrap().len(), 2);
    // A comment is found below its own resource alone.
    let other = given_resource(&ann, json!({"isPublished": true})).await;
    let id = anns.rsplit('/').next().unwrap();
    for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
        let place = format!("{other}/comments/{id}");
        let refused = ann.send(method, &place, ("x", "y"), Some(&body)).await;
        assert_eq!(refused.brief(), "404 not-found");
    }
    let nowhere = format!("{}/{}/comments", super::resources::PATH, Uuid::now_v7());
    assert_eq!(ann.get(&nowhere).await.brief(), "404 not-found");
}

#[tokio::test]
async fn its_author_changes_a_comment_and_uploader_and_administrators_may_delete_it() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let carla = app.user("carla").await;
    let resource = given_resource(&ann, json!({"isPublished": true})).await;
    let body = json!({"content": "changed"});
    for (user, deletes) in [(&bob, true), (&ann, true), (&keeper, true), (&carla, false)] {
        let place = say(&bob, &resource, "as it was").await;
        let changes = user.id == bob.id;
        let wanted = if changes { 200 } else { 403 };
        assert_eq!(user.put(&place, &body).await.status, wanted, "PUT {}", user.email);
        assert_eq!(user.patch(&place, &body).await.status, wanted, "PATCH {}", user.email);
        let now = if changes { "changed" } else { "as it was" };
        let row = carla.get(&place).await;
        assert_eq!(row.ok(200)["content"], now);
        let stale = user.send(Method::DELETE, &place, ("if-match", "\"0\""), None).await;
        assert_eq!(stale.status, 412, "{}", user.email);
        let current = user.send(Method::DELETE, &place, ("if-match", row.etag()), None).await;
        assert_eq!(current.status, if deletes { 204 } else { 403 }, "DELETE {}", user.email);
        assert_eq!(bob.get(&place).await.status, if deletes { 404 } else { 200 });
    }
}

#[tokio::test]
async fn bad_comments_are_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let resource = given_resource(&ann, json!({})).await;
    let place = say(&ann, &resource, "x").await;
    for (body, brief) in [
        (json!({}), "/content required"),
        (json!({"content": ""}), "/content length"),
        (json!({"content": "x".repeat(10_001)}), "/content length"),
        (json!({"content": "\0"}), "/content nul"),
        (json!({"content": "x", "userId": ann.id}), "/userId unknown_field"),
    ] {
        let brief = format!(r#"422 validation ["{brief}"]"#);
        assert_eq!(ann.post(&format!("{resource}/comments"), &body).await.brief(), brief);
        assert_eq!(ann.put(&place, &body).await.brief(), brief);
    }
}

#[tokio::test]
async fn what_a_leaver_said_stays_readable_and_goes_with_the_resource() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    bob.patch("/v1/me", &json!({"displayName": "Bob B."})).await.ok(200);
    let resource = given_resource(&ann, json!({"isPublished": true})).await;
    let place = say(&bob, &resource, "It helped.").await;
    app.execute(&format!("delete from identity.users where id = '{}'", bob.id)).await;
    let fields =
        json!({"userId": Value::Null, "displayName": Value::Null, "content": "It helped."});
    assert_holds(&ann.get(&place).await.ok(200), &fields);
    assert_eq!(ann.put(&place, &json!({"content": "x"})).await.brief(), "403 forbidden");
    assert_eq!(ann.delete(&resource).await.status, 204);
    assert_eq!(app.count("select count(*) from mentorship.resource_comments").await, 0);
}
