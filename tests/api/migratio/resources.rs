use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{country, program};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/migratio/resources";

/// Somebody who writes resources.
pub async fn writer(app: &TestApp) -> User<'_> {
    app.user_with_roles("willa", &["migratio:user", "migratio:contentManager"]).await
}

/// Writes a resource; where it is found.
pub async fn given_resource(writer: &User<'_>, fields: Value) -> String {
    let mut body =
        json!({"title": "Any", "resourceType": "guide", "contentUrl": "https://x.example/"});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let made = writer.post(PATH, &body).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// What somebody pays for, until when: an expression of SQL.
pub async fn pays(user: &User<'_>, tier: &str, expiry: &str) {
    let member = format!(
        "insert into migratio.members (user_id, subscription_tier, subscription_expiry)
         values ('{}', '{tier}', {expiry})
         on conflict (user_id) do update set
           subscription_tier = excluded.subscription_tier,
           subscription_expiry = excluded.subscription_expiry",
        user.id
    );
    user.app.execute(&member).await;
}

#[tokio::test]
async fn everything_written_is_read_again() {
    let app = TestApp::new().await;
    let (willa, ann) = (writer(&app).await, app.user("ann").await);
    let (canada, chad) = (
        country(&app, "Canada", "CA", ("CAD", 0.73)).await,
        country(&app, "Chad", "TD", ("XAF", 0.002)).await,
    );
    let express = program(&app, canada, "Express Entry", &json!([])).await;
    let full = json!({
        "title": "Punkte 🧮", "description": "d", "resourceType": "webinar",
        "contentUrl": "https://x.example/1", "contentBody": "b", "thumbnailUrl": "https://x.example/t",
        "journeyStage": ["planning", "settlement"], "targetExpertiseLevel": "advanced",
        "relatedCountries": [canada, chad], "relatedPrograms": [express], "tags": ["Points", "ä"],
        "averageRating": 4.5, "isPremium": false, "language": "pt-BR",
    });
    let made = willa.post(PATH, &full).await;
    assert_holds(&made.ok(201), &full);
    assert_holds(&made.json(), &json!({"viewCount": 0, "authorId": willa.id}));
    let place = made.header("location");
    let mut read = made.json();
    read["viewCount"] = json!(1);
    assert_eq!(ann.get(place).await.ok(200), read);
    let listed = ann.get(PATH).await.ok(200)["items"][0].clone();
    assert!(listed.get("contentBody").is_none());
    assert_holds(&listed, &json!({"isLocked": false, "contentUrl": "https://x.example/1"}));
    assert_eq!(listed["relatedCountries"], full["relatedCountries"]);
    let empty = json!({"title": "Less", "resourceType": "article", "contentBody": ""});
    assert_eq!(willa.put(place, &empty).await.brief(), r#"422 validation [" content"]"#);
    let least = json!({"title": "Less", "resourceType": "article", "contentBody": "c"});
    let cleared = json!({
        "description": null, "journeyStage": ["general"], "targetExpertiseLevel": "any",
        "relatedCountries": [], "relatedPrograms": [], "tags": [], "averageRating": null,
        "language": "en", "authorId": willa.id, "viewCount": 1,
    });
    assert_holds(&willa.put(place, &least).await.ok(200), &cleared);
    let twice = json!({"relatedCountries": [chad, chad]});
    let patched = willa.patch(place, &twice).await.ok(200);
    assert_holds(&patched, &json!({"title": "Less", "relatedCountries": [chad]}));
    app.execute("delete from migratio.countries where alpha2 = 'TD'").await;
    assert_eq!(ann.get(place).await.ok(200)["relatedCountries"], json!([]));
    willa.delete(place).await.ok(204);
    assert_eq!(ann.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn content_managers_and_administrators_alone_write() {
    let app = TestApp::new().await;
    let willa = writer(&app).await;
    let place = given_resource(&willa, json!({})).await;
    let nowhere = format!("{PATH}/{}", Uuid::now_v7());
    let body = json!({"title": "x", "resourceType": "guide", "contentBody": "x"});
    for role in [
        "migratio:user",
        "migratio:consultant",
        "migratio:supportAgent",
        "platform:admin",
        "mentorship:admin",
    ] {
        let other = app.user_with_roles(&role.replace(':', "."), &[role]).await;
        pays(&other, "enterprise", "null").await;
        assert_eq!(other.post(PATH, &body).await.brief(), "403 forbidden", "{role}");
        for path in [&place, &nowhere] {
            for (method, body) in
                [(Method::PUT, Some(&body)), (Method::PATCH, Some(&body)), (Method::DELETE, None)]
            {
                let refused = other.send(method, path, ("if-match", "\"0\""), body).await;
                assert_eq!(refused.brief(), "403 forbidden", "{role}");
            }
        }
    }
    let boss = app.user_with_roles("boss", &["migratio:admin"]).await;
    boss.patch(&place, &json!({"title": "Boss's"})).await.ok(200);
    let stale = boss.send(Method::PATCH, &place, ("if-match", "\"0\""), Some(&body)).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(boss.patch(&nowhere, &body).await.brief(), "404 not-found");
    boss.delete(&place).await.ok(204);
}

#[tokio::test]
async fn a_resource_refuses_what_is_no_value_of_its() {
    let app = TestApp::new().await;
    let willa = writer(&app).await;
    let place = given_resource(&willa, json!({})).await;
    for (field, value, error) in [
        ("title", json!(""), "/title length"),
        ("title", json!("\0"), "/title nul"),
        ("resourceType", json!("book"), "/resourceType type"),
        ("contentUrl", json!("javascript:alert(1)"), "/contentUrl url"),
        ("contentUrl", Value::Null, " content"),
        ("contentBody", json!("x".repeat(32_001)), "/contentBody length"),
        ("thumbnailUrl", json!("x"), "/thumbnailUrl url"),
        ("journeyStage", json!([]), "/journeyStage length"),
        ("journeyStage", json!(["arrival"]), "/journeyStage/0 type"),
        ("targetExpertiseLevel", json!("expert"), "/targetExpertiseLevel type"),
        ("relatedCountries", json!([Uuid::now_v7()]), "/relatedCountries reference"),
        ("relatedPrograms", json!([Uuid::now_v7()]), "/relatedPrograms reference"),
        ("relatedPrograms", json!(["x"]), "/relatedPrograms/0 type"),
        ("tags", json!([""]), "/tags lines"),
        ("averageRating", json!(0.9), "/averageRating range"),
        ("averageRating", json!(5.1), "/averageRating range"),
        ("language", json!("english language"), "/language language"),
        ("viewCount", json!(7), "/viewCount unknown_field"),
        ("authorId", json!(willa.id), "/authorId unknown_field"),
    ] {
        let wanted = format!("422 validation {}", json!([error]));
        let refused = willa.patch(&place, &json!({field: value})).await;
        assert_eq!(refused.brief(), wanted, "{field}");
    }
    let row = willa.get(&place).await.ok(200);
    assert_holds(&row, &json!({"title": "Any", "relatedCountries": [], "relatedPrograms": []}));
}

#[tokio::test]
async fn premium_ones_are_read_by_those_who_pay_and_by_writers() {
    let app = TestApp::new().await;
    let (willa, ann) = (writer(&app).await, app.user("ann").await);
    let boss = app.user_with_roles("boss", &["migratio:admin"]).await;
    let place = given_resource(&willa, json!({"isPremium": true, "contentBody": "b"})).await;
    let check = async |answer: Response, may: bool| {
        let listed = ann.get(PATH).await.ok(200)["items"][0].clone();
        let url = if may { json!("https://x.example/") } else { Value::Null };
        assert_holds(&listed, &json!({"isPremium": true, "isLocked": !may, "contentUrl": url}));
        match may {
            true => assert_eq!(answer.ok(200)["contentBody"], "b"),
            false => {
                assert_eq!(answer.brief(), "403 upgrade_required");
                assert!(!answer.text.contains("x.example"));
            }
        }
    };
    check(ann.get(&place).await, false).await;
    for (tier, expiry, may) in [
        ("free", "null", false),
        ("free", "now() + interval '1 hour'", false),
        ("pathfinder", "now() - interval '1 second'", false),
        ("pathfinder", "now() + interval '1 hour'", true),
        ("navigator", "null", true),
        ("concierge", "now() + interval '1 hour'", true),
        ("enterprise", "now()", false),
    ] {
        pays(&ann, tier, expiry).await;
        check(ann.get(&place).await, may).await;
    }
    for reader in [&willa, &boss] {
        reader.get(&place).await.ok(200);
        assert_eq!(reader.get(PATH).await.ok(200)["items"][0]["isLocked"], false);
    }
    assert_eq!(ann.get(&format!("{PATH}/{}", Uuid::now_v7())).await.brief(), "404 not-found");
    assert_eq!(app.count("select view_count from migratio.resources").await, 5, "refusals count");
}

#[tokio::test]
async fn views_are_counted_and_make_no_other_version() {
    let app = TestApp::new().await;
    let (willa, ann) = (writer(&app).await, app.user("ann").await);
    let place = given_resource(&willa, json!({})).await;
    let first = ann.get(&place).await;
    let logged = "select count(*) from audit.logs";
    let before = app.count(logged).await;
    for answer in join_all((0..50).map(|_| ann.get(&place))).await {
        assert_eq!(
            (answer.ok(200)["updatedAt"].clone(), answer.etag()),
            (first.json()["updatedAt"].clone(), first.etag())
        );
    }
    let known = ann.send(Method::GET, &place, ("if-none-match", first.etag()), None).await;
    assert_eq!((known.status, known.text.as_str(), known.etag()), (304, "", first.etag()));
    assert_eq!(ann.get(&place).await.ok(200)["viewCount"], 53);
    assert_eq!(app.count(logged).await, before, "a view is no change");
    let key = ("if-match", first.etag());
    let changed = willa.send(Method::PATCH, &place, key, Some(&json!({"title": "New"}))).await;
    assert_eq!(changed.ok(200)["viewCount"], 53);
    assert_ne!(changed.etag(), first.etag());
    let patch = json!({"description": "Contended"});
    let (reads, writes) = tokio::join!(
        join_all((0..20).map(|_| ann.get(&place))),
        join_all((0..10).map(|_| willa.patch(&place, &patch))),
    );
    for answer in reads.iter().chain(&writes) {
        answer.ok(200);
    }
    assert_eq!(ann.get(&place).await.ok(200)["viewCount"], 74);
}

#[tokio::test]
async fn of_relations_written_at_the_same_time_the_last_ones_hold() {
    let app = TestApp::new().await;
    let willa = writer(&app).await;
    let mut countries = Vec::new();
    for code in ["AA", "BB", "CC", "DD", "EE", "FF"] {
        countries.push(country(&app, code, code, ("USD", 1.0)).await);
    }
    let place = given_resource(&willa, json!({"relatedCountries": countries})).await;
    for _ in 0..3 {
        let bodies: Vec<Value> = countries
            .iter()
            .map(|one| json!({"title": one, "resourceType": "guide", "contentBody": "x", "relatedCountries": [one]}))
            .collect();
        for answer in join_all(bodies.iter().map(|body| willa.put(&place, body))).await {
            answer.ok(200);
        }
        let row = willa.get(&place).await.ok(200);
        assert_eq!(row["relatedCountries"], json!([row["title"]]));
    }
}

#[tokio::test]
async fn a_repeated_request_makes_one_resource() {
    let app = TestApp::new().await;
    let willa = writer(&app).await;
    let body = json!({"title": "Once", "resourceType": "guide", "contentBody": "x"});
    let sent =
        (0..10).map(|_| willa.send(Method::POST, PATH, ("idempotency-key", "once"), Some(&body)));
    for answer in join_all(sent).await {
        assert!([201, 409].contains(&answer.status), "{answer:?}");
    }
    assert_eq!(willa.get(PATH).await.ok(200)["items"].as_array().unwrap().len(), 1);
}
