use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{Executor, raw_sql};
use uuid::Uuid;

use super::{
    learning_paths::keeper,
    support_groups::{PATH, given_group},
};
use crate::{
    faults::until,
    support::{Caller, Response, TestApp, User, assert_holds},
};

async fn join(user: &User<'_>, group: &str) -> Response {
    Response::of(user.request(Method::PUT, &format!("{group}/membership"))).await
}

async fn leave(user: &User<'_>, group: &str) -> Response {
    user.delete(&format!("{group}/membership")).await
}

/// This many users.
async fn crowd(app: &TestApp, size: usize) -> Vec<User<'_>> {
    let names: Vec<String> = (0..size).map(|number| format!("user{number}")).collect();
    join_all(names.iter().map(|name| app.user(name))).await
}

/// Erases an account without a password, which has just signed in.
async fn erase(user: &User<'_>) -> Response {
    let session = user.app.app.tokens.verify(&user.token, chrono::Utc::now()).unwrap().sid;
    user.app
        .execute(&format!(
            "insert into identity.sessions (user_id, family_id, refresh_token_hash, expires_at)
             values ('{}', '{session}', sha256('{session}'), now() + interval '1 day')",
            user.id
        ))
        .await;
    user.send(Method::DELETE, "/v1/me", ("x-a", "b"), Some(&json!({}))).await
}

/// Every group counts the members that it has.
async fn assert_counted(app: &TestApp) {
    let apart = "select count(*) from mentorship.support_groups as own
        where member_count <> (select count(*) from mentorship.group_memberships where group_id = own.id)";
    assert_eq!(app.count(apart).await, 0);
}

#[tokio::test]
async fn joining_and_leaving_twice_is_as_good_as_once() {
    let app = TestApp::new().await;
    let (keeper, ann, bob) = (keeper(&app).await, app.user("ann").await, app.user("bob").await);
    let group = given_group(&keeper, "Any").await;
    let place = format!("{group}/membership");
    assert_eq!(ann.get(&place).await.brief(), "404 not-found");
    let joined = join(&ann, &group).await;
    let again = join(&ann, &group).await;
    assert_eq!((again.ok(200), again.etag()), (joined.ok(200), joined.etag()));
    assert_holds(&joined.json(), &json!({"userId": ann.id}));
    assert_eq!(ann.get(&place).await.ok(200), joined.json());
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    let shown = bob.get(&group).await.ok(200);
    assert_eq!((&shown["memberCount"], shown["lastActive"].is_string()), (&json!(1), true));
    assert_eq!(leave(&bob, &group).await.status, 204, "who never joined");
    assert_eq!(bob.get(&group).await.ok(200), shown, "which changed nothing");
    for _ in 0..2 {
        assert_eq!(leave(&ann, &group).await.status, 204);
        assert_eq!(ann.get(&group).await.ok(200)["memberCount"], 0);
    }
    for nowhere in [format!("{PATH}/{}", Uuid::now_v7()), format!("{PATH}/x")] {
        assert_eq!(join(&ann, &nowhere).await.brief(), "404 not-found");
        assert_eq!(leave(&ann, &nowhere).await.brief(), "404 not-found");
    }
    let nobody = "select count(*) from audit.logs
        where entity_type = 'mentorship.group_memberships' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn members_and_administrators_alone_see_the_members() {
    let app = TestApp::new().await;
    let (keeper, ann, bob) = (keeper(&app).await, app.user("ann").await, app.user("bob").await);
    let group = given_group(&keeper, "Any").await;
    let place = format!("{group}/members");
    assert_eq!(keeper.get(&place).await.ok(200), json!({"items": [], "nextCursor": null}));
    for outsider in [&ann, &app.admin().await] {
        assert_eq!(outsider.get(&place).await.brief(), "403 forbidden");
    }
    join(&ann, &group).await.ok(200);
    bob.patch("/v1/me", &json!({"displayName": "Bob 🐻"})).await.ok(200);
    bob.patch("/v1/me", &json!({"image": "https://img.example/bob.png"})).await.ok(200);
    let joined = join(&bob, &group).await.ok(200);
    let page = ann.get(&place).await.ok(200);
    let bobs = json!({
        "userId": bob.id, "displayName": "Bob 🐻", "image": "https://img.example/bob.png",
        "joinedAt": joined["joinedAt"],
    });
    assert_eq!(page["items"][0], bobs);
    assert_holds(&page["items"][1], &json!({"userId": ann.id, "displayName": null, "image": null}));
    assert_eq!(keeper.get(&place).await.ok(200), page);
    app.execute(&format!("update identity.users set status = 'suspended' where id = '{}'", bob.id))
        .await;
    let active = ann.get(&place).await.ok(200);
    assert_eq!(active["items"], json!([page["items"][1]]));
    leave(&ann, &group).await;
    assert_eq!(ann.get(&place).await.brief(), "403 forbidden");
    let nowhere = format!("{PATH}/{}/members", Uuid::now_v7());
    for reader in [&ann, &keeper] {
        assert_eq!(reader.get(&nowhere).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn members_are_listed_who_joined_last_first() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let (group, other) = (given_group(&keeper, "Any").await, given_group(&keeper, "Other").await);
    let users = crowd(&app, 7).await;
    for user in &users {
        join(user, &group).await.ok(200);
        join(user, &other).await.ok(200);
    }
    let seen = users[0].all(&format!("{group}/members"), 3).await;
    let seen: Vec<Value> = seen.iter().map(|one| one["userId"].clone()).collect();
    let wanted: Vec<Value> = users.iter().rev().map(|user| json!(user.id)).collect();
    assert_eq!(seen, wanted);
    for bad in ["limit=0", "cursor=nonsense", "x=1"] {
        assert_eq!(users[0].get(&format!("{group}/members?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn a_hundred_who_join_and_leave_at_once_are_counted() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let group = given_group(&keeper, "Any").await;
    let users = crowd(&app, 25).await;
    let moves = (0..100).map(async |number: usize| {
        let user = &users[number % 25];
        match number / 25 % 2 {
            0 => drop(join(user, &group).await.ok(200)),
            _ => assert_eq!(leave(user, &group).await.status, 204),
        }
    });
    join_all(moves).await;
    assert_counted(&app).await;
    for answer in join_all(users.iter().chain(&users).map(|user| join(user, &group))).await {
        answer.ok(200);
    }
    assert_eq!(keeper.get(&group).await.ok(200)["memberCount"], 25);
    join_all(users[..20].iter().map(|user| leave(user, &group))).await;
    assert_eq!(keeper.get(&group).await.ok(200)["memberCount"], 5);
    assert_counted(&app).await;
}

#[tokio::test]
async fn members_who_are_erased_at_once_are_members_no_longer() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let groups = [given_group(&keeper, "One").await, given_group(&keeper, "Two").await];
    let users = crowd(&app, 12).await;
    for (number, user) in users.iter().enumerate() {
        // Joined in either order.
        join(user, &groups[number % 2]).await.ok(200);
        join(user, &groups[(number + 1) % 2]).await.ok(200);
    }
    for answer in join_all(users[..10].iter().map(erase)).await {
        assert_eq!(answer.status, 204, "{answer:?}");
    }
    for group in &groups {
        assert_eq!(keeper.get(group).await.ok(200)["memberCount"], 2);
        let members = users[11].get(&format!("{group}/members")).await.ok(200);
        assert_eq!(members["items"].as_array().unwrap().len(), 2);
    }
    assert_counted(&app).await;
}

#[tokio::test]
async fn a_group_is_deleted_among_people_who_leave_it_without_a_deadlock() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let group = given_group(&keeper, "Any").await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    join(&ann, &group).await.ok(200);
    join(&bob, &group).await.ok(200);
    let waiting = async |statements| {
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        until("statements that wait", async || app.count(waiting).await == statements).await;
    };
    // Whoever leaves holds their membership, and waits for the group.
    let mut held = app.sql().await;
    held.execute(raw_sql("begin; update mentorship.support_groups set name = 'Held'"))
        .await
        .unwrap();
    let deletion = async {
        waiting(1).await;
        keeper.delete(&group).await
    };
    let second = async {
        waiting(2).await;
        leave(&bob, &group).await
    };
    let release = async {
        waiting(3).await;
        held.execute(raw_sql("commit")).await.unwrap();
    };
    let (first, deleted, second, ()) = tokio::join!(leave(&ann, &group), deletion, second, release);
    assert_eq!(deleted.status, 204, "{deleted:?}");
    assert!([204, 404].contains(&first.status), "{first:?}");
    assert!([204, 404].contains(&second.status), "{second:?}");
    assert_eq!(app.count("select count(*) from mentorship.group_memberships").await, 0);
}

#[tokio::test]
async fn joining_a_group_that_is_deleted_at_once_works_or_finds_none() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let users = crowd(&app, 20).await;
    let group = given_group(&keeper, "Any").await;
    let moves = join_all(users.iter().map(|user| join(user, &group)));
    let (joined, deleted) = tokio::join!(moves, keeper.delete(&group));
    assert_eq!(deleted.status, 204, "{deleted:?}");
    assert!(joined.iter().all(|one| [200, 404].contains(&one.status)), "{joined:?}");
    assert_eq!(app.count("select count(*) from mentorship.group_memberships").await, 0);
}
