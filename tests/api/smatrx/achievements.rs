use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/smatrx/achievements";

/// Where administrators give achievements to this user.
fn of(user: &User<'_>) -> String {
    format!("/v1/smatrx/users/{}/achievements", user.id)
}

fn minimal() -> Value {
    json!({"type": "project", "title": "Shipped it"})
}

/// Somebody who administers smatrx.
async fn given_admin(app: &TestApp) -> User<'_> {
    app.user_with_roles("admin", &["smatrx:admin"]).await
}

#[tokio::test]
async fn administrator_gives_an_achievement_with_every_field() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, given_admin(&app).await);
    let written = json!({
        "type": "certification", "title": "Zertifiziert \u{1f600}", "description": "d",
        "points": 1_000_000, "badge": "https://img.example.com/b.png",
        "earnedAt": "2025-01-02T03:04:05.000006Z",
    });
    let given = admin.post(&of(&ann), &written).await;
    let row = given.ok(201);
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&row[name], value, "{name}");
    }
    assert_eq!(row["careerGoalId"], Value::Null);
    let read = ann.get(&format!("{PATH}/{}", given.id())).await;
    assert_eq!((read.ok(200), read.etag()), (row.clone(), given.etag()));
    let known = admin.get(given.header("location")).await;
    assert_eq!((known.ok(200), known.etag()), (row, given.etag()));
    let bare = admin.post(&of(&ann), &minimal()).await.ok(201);
    assert_eq!((&bare["points"], &bare["badge"]), (&json!(0), &Value::Null));
    assert_eq!(bare["earnedAt"], bare["createdAt"], "now, where nothing is said");
    let actors =
        "select count(*) from audit.logs as log join identity.users on users.id = log.actor_id
        where log.entity_type = 'smatrx.achievements' and users.first_name = 'admin'";
    assert_eq!(app.count(actors).await, 2);
}

#[tokio::test]
async fn achievement_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, given_admin(&app).await);
    for (field, value, fault) in [
        ("type", json!("trophy"), "/type type"),
        ("title", json!(""), "/title length"),
        ("title", json!("x".repeat(201)), "/title length"),
        ("title", json!("a\0"), "/title nul"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("points", json!(-1), "/points range"),
        ("points", json!(1_000_001), "/points range"),
        ("points", json!(4_294_967_296_u64), "/points type"),
        ("badge", json!("javascript:alert(1)"), "/badge url"),
        ("earnedAt", json!("yesterday"), "/earnedAt type"),
        ("earnedAt", json!("0001-01-01T00:00:00Z"), "/earnedAt date"),
        ("careerGoalId", json!(Uuid::now_v7()), "/careerGoalId unknown_field"),
        ("userId", json!(Uuid::now_v7()), "/userId unknown_field"),
    ] {
        let mut wrong = minimal();
        wrong[field] = value.clone();
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(admin.post(&of(&ann), &wrong).await.brief(), expected.as_str(), "{field}");
    }
    assert_eq!(admin.post(&of(&ann), &json!({})).await.status, 422);
    assert_eq!(app.count("select count(*) from smatrx.achievements").await, 0);
}

#[tokio::test]
async fn nobody_else_gives_lists_reads_or_takes_back() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, given_admin(&app).await);
    let given = admin.post(&of(&ann), &minimal()).await.header("location").to_owned();
    let others = [
        ann.clone(),
        app.user("bob").await,
        app.user_with_roles("verifier", &["smatrx:verifier"]).await,
        app.user_with_roles("platform", &["platform:admin"]).await,
        app.user_with_roles("elsewhere", &["migratio:admin"]).await,
    ];
    for other in &others {
        let who = &other.email;
        assert_eq!(other.post(&of(&ann), &minimal()).await.brief(), "403 forbidden", "{who}");
        assert_eq!(other.post(&of(&ann), &json!({})).await.status, 403, "{who}");
        let unknown = format!("/v1/smatrx/users/{}/achievements", Uuid::now_v7());
        assert_eq!(other.post(&unknown, &minimal()).await.status, 403, "{who}");
        assert_eq!(other.get(&of(&ann)).await.brief(), "403 forbidden", "{who}");
        assert_eq!(other.get(&given).await.brief(), "403 forbidden", "{who}");
        assert_eq!(other.delete(&given).await.brief(), "403 forbidden", "{who}");
    }
    assert_eq!(app.anonymous().post(&of(&ann), &minimal()).await.status, 401);
    assert_eq!(app.count("select count(*) from smatrx.achievements").await, 1);
}

#[tokio::test]
async fn unknown_user_gets_nothing() {
    let app = TestApp::new().await;
    let admin = given_admin(&app).await;
    for user in [Uuid::now_v7().to_string(), "me".to_owned(), "%00".to_owned()] {
        let path = format!("/v1/smatrx/users/{user}/achievements");
        assert_eq!(admin.post(&path, &minimal()).await.brief(), "404 not-found", "{user}");
        let keyed =
            admin.send(Method::POST, &path, ("idempotency-key", "k"), Some(&minimal())).await;
        assert_eq!(keyed.brief(), "404 not-found", "{user}");
        assert_eq!(admin.get(&path).await.brief(), "404 not-found", "{user}");
        let one = format!("{path}/{}", Uuid::now_v7());
        assert_eq!(admin.get(&one).await.brief(), "404 not-found", "{user}");
        assert_eq!(admin.delete(&one).await.brief(), "404 not-found", "{user}");
    }
    assert_eq!(app.count("select count(*) from smatrx.achievements").await, 0);
}

#[tokio::test]
async fn repeated_gift_is_given_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let admin = given_admin(&app).await;
    let give = |user: String, body: Value| {
        let admin = &admin;
        async move { admin.send(Method::POST, &user, ("idempotency-key", "gift"), Some(&body)).await }
    };
    let race = join_all((0..10).map(|_| give(of(&ann), minimal()))).await;
    assert!(race.iter().all(|one| matches!(one.status, 201 | 409)), "{race:?}");
    let repeat = give(of(&ann), minimal()).await;
    assert_eq!((repeat.status, repeat.header("idempotency-replayed")), (201, "true"));
    let first = race.iter().find(|one| one.status == 201).unwrap();
    assert_eq!((repeat.json(), repeat.etag()), (first.json(), first.etag()));
    let other = give(of(&ann), json!({"type": "skill", "title": "x"})).await;
    assert_eq!(other.status, 422);
    assert_eq!(give(of(&bob), minimal()).await.status, 422, "another user is another request");
    assert_eq!(app.count("select count(*) from smatrx.achievements").await, 1);
}

#[tokio::test]
async fn owner_reads_and_nothing_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let given = given_admin(&app).await.post(&of(&ann), &minimal()).await.id();
    let place = format!("{PATH}/{given}");
    assert_eq!(ann.post(PATH, &minimal()).await.status, 405);
    assert_eq!(ann.put(&place, &minimal()).await.status, 405);
    assert_eq!(ann.patch(&place, &json!({"points": 5})).await.status, 405);
    assert_eq!(ann.delete(&place).await.status, 405);
    let tag = ann.get(&place).await.etag().to_owned();
    assert_eq!(ann.send(Method::GET, &place, ("if-none-match", &tag), None).await.status, 304);
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn list_filters_by_type_and_pages() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let admin = given_admin(&app).await;
    admin.post(&of(&bob), &json!({"type": "skill", "title": "z"})).await.ok(201);
    for (title, kind) in [("a", "skill"), ("b", "project"), ("c", "milestone"), ("d", "skill")] {
        admin.post(&of(&ann), &json!({"type": kind, "title": title})).await.ok(201);
    }
    for (query, expected) in [
        ("", "dcba"),
        ("&type=skill", "da"),
        ("&type=project,milestone", "cb"),
        ("&type=project&type=skill", "dba"),
        ("&type=certification", ""),
    ] {
        for (caller, path) in [(&ann, PATH.to_owned()), (&admin, of(&ann))] {
            let (mut found, mut cursor) = (String::new(), String::new());
            loop {
                let page = caller.get(&format!("{path}?limit=1{query}{cursor}")).await.ok(200);
                let items = page["items"].as_array().unwrap();
                found.extend(items.iter().map(|one| one["title"].as_str().unwrap()));
                let Some(next) = page["nextCursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            assert_eq!(found, expected, "{path} {query}");
        }
    }
    for bad in ["type=x", "type=", "limit=0", "q=x"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn points_are_the_sum_of_ones_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let points = format!("{PATH}/points");
    assert_eq!(ann.get(&points).await.ok(200), json!({"points": 0, "achievements": 0}));
    let admin = given_admin(&app).await;
    for (user, points) in [(&ann, 7), (&ann, 0), (&ann, 30), (&bob, 5)] {
        let gift = json!({"type": "skill", "title": "a", "points": points});
        admin.post(&of(user), &gift).await.ok(201);
    }
    assert_eq!(ann.get(&points).await.ok(200), json!({"points": 37, "achievements": 3}));
    assert_eq!(bob.get(&points).await.ok(200), json!({"points": 5, "achievements": 1}));
    app.execute(&format!(
        "insert into smatrx.achievements (user_id, type, title, points)
         select '{}', 'skill', 'x', 1000000 from generate_series(1, 3000)",
        bob.id
    ))
    .await;
    let more = json!({"points": 3_000_000_005_u64, "achievements": 3001});
    assert_eq!(bob.get(&points).await.ok(200), more, "more than 32 bits");
}

#[tokio::test]
async fn administrator_takes_back_what_is_that_users() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let admin = given_admin(&app).await;
    let given = admin.post(&of(&ann), &minimal()).await;
    let place = given.header("location").to_owned();
    let astray = format!("{}/{}", of(&bob), given.id());
    assert_eq!(admin.get(&astray).await.brief(), "404 not-found");
    assert_eq!(admin.delete(&astray).await.brief(), "404 not-found");
    let stale = admin.send(Method::DELETE, &place, ("if-match", "\"0\""), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    let race = join_all(
        (0..5).map(|_| admin.send(Method::DELETE, &place, ("if-match", given.etag()), None)),
    )
    .await;
    let gone = race.iter().filter(|one| one.status == 204).count();
    assert_eq!(gone, 1, "{race:?}");
    assert!(race.iter().all(|one| matches!(one.status, 204 | 404)), "{race:?}");
    assert_eq!(ann.get(&format!("{PATH}/{}", given.id())).await.status, 404);
}
