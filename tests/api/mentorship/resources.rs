use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Caller, Response, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/mentorship/resources";

/// An administrator of mentorship.
pub async fn keeper(app: &TestApp) -> User<'_> {
    app.user_with_roles("keeper", &["mentorship:admin"]).await
}

/// Brings a resource; where it is found.
pub async fn given_resource(user: &User<'_>, fields: Value) -> String {
    let mut body = json!({"title": "Any", "type": "story"});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let made = user.post(PATH, &body).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// Titles of the list, page by page.
async fn titles(user: &User<'_>, query: &str) -> Vec<String> {
    let (mut titles, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = user.get(&format!("{PATH}?{query}{cursor}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        titles.extend(items.iter().map(|one| one["title"].as_str().unwrap().to_owned()));
        let Some(next) = page["nextCursor"].as_str() else { return titles };
        cursor = format!("&cursor={next}");
    }
}

/// PUT, PATCH and DELETE by somebody.
async fn writes(user: &User<'_>, place: &str) -> [Response; 3] {
    let body = json!({"title": "Changed", "type": "story", "isPublished": true});
    [
        user.put(place, &body).await,
        user.patch(place, &json!({"title": "Changed"})).await,
        user.delete(place).await,
    ]
}

#[tokio::test]
async fn everything_written_is_read_again() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let full = json!({
        "title": "Back to work", "description": "What helped me. 🌱", "type": "virtual_session",
        "url": "https://mothers.example/back", "filePath": "uploads/back.pdf",
        "isPublished": true, "category": "Return", "tags": ["Work", "family"],
    });
    let made = ann.post(PATH, &full).await;
    assert_holds(&made.ok(201), &full);
    assert_eq!(made.json()["uploadedById"], json!(ann.id));
    let place = made.header("location");
    let known = ann.send(Method::GET, place, ("if-none-match", made.etag()), None).await;
    assert_eq!(known.status, 304);
    let least = json!({"title": "Less", "type": "course"});
    let replaced = ann.put(place, &least).await.ok(200);
    assert_holds(&replaced, &least);
    let defaults = json!({
        "description": null, "url": null, "filePath": null, "isPublished": false,
        "category": null, "tags": [],
    });
    assert_holds(&replaced, &defaults);
    assert_holds(&ann.patch(place, &full).await.ok(200), &full);
    assert_holds(&ann.patch(place, &json!({"tags": null})).await.ok(200), &json!({"tags": []}));
    assert_eq!(ann.delete(place).await.status, 204);
    assert_eq!(ann.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_published_one_is_read_by_all_and_written_by_uploader_and_administrators() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_resource(&ann, json!({"isPublished": true})).await;
    let row = ann.get(&place).await.ok(200);
    for refused in writes(&bob, &place).await {
        assert_eq!(refused.brief(), "403 forbidden");
    }
    assert_eq!(bob.get(&place).await.ok(200), row, "bob changed it");
    for (writer, place) in
        [(&keeper, place), (&ann, given_resource(&ann, json!({"isPublished": true})).await)]
    {
        let stale = writer.send(Method::DELETE, &place, ("if-match", "\"0\""), None).await;
        assert_eq!(stale.brief(), "412 precondition-failed");
        assert_eq!(writes(writer, &place).await.map(|one| one.status), [200, 200, 204]);
    }
}

#[tokio::test]
async fn an_unpublished_one_is_not_there_for_others() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_resource(&ann, json!({"title": "Draft", "tags": ["x"]})).await;
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    for refused in writes(&bob, &place).await {
        assert_eq!(refused.brief(), "404 not-found");
    }
    for query in ["", "published=false", "q=draft", "tag=x", "tag=x&published=false", "type=story"]
    {
        assert_eq!(titles(&bob, query).await, Vec::<String>::new(), "{query}");
    }
    assert_eq!(keeper.get(&place).await.ok(200), ann.get(&place).await.ok(200));
    ann.patch(&place, &json!({"isPublished": true})).await.ok(200);
    bob.get(&place).await.ok(200);
    keeper.patch(&place, &json!({"isPublished": false})).await.ok(200);
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(app.anonymous().get(&place).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn a_role_that_was_taken_is_gone_though_the_token_still_says_it() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let place = given_resource(&ann, json!({"isPublished": true})).await;
    let draft = given_resource(&ann, json!({"title": "Draft"})).await;
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", keeper.id)).await;
    for refused in writes(&keeper, &place).await {
        assert_eq!(refused.brief(), "403 forbidden");
    }
    for refused in writes(&keeper, &draft).await {
        assert_eq!(refused.brief(), "404 not-found");
    }
    assert_eq!(titles(&keeper, "published=false").await, Vec::<String>::new());
}

/// Five published resources, and two of ann's and one of bob's that are not.
async fn given_library(ann: &User<'_>, bob: &User<'_>) {
    for (user, title, kind, category, tags, published) in [
        (ann, "Sleep", "meditation", "Calm", json!(["Night", "short"]), true),
        (bob, "Breathing", "meditation", "calm", json!(["short"]), true),
        (ann, "Lactation rooms", "guidebook", "Law", json!(["work", "a, b"]), true),
        (bob, "My first week", "story", "Return", json!(["Work", "NIGHT"]), true),
        (ann, "Negotiating", "course", "LAW", json!([]), true),
        (ann, "Running draft", "story", "Return", json!(["work"]), false),
        (bob, "Bob's draft", "course", "Law", json!(["work"]), false),
        (ann, "Law draft", "guidebook", "Law", json!(["work", "night"]), false),
    ] {
        let description = format!("About {title} for mothers");
        let fields = json!({
            "title": title, "type": kind, "category": category, "tags": tags,
            "isPublished": published, "description": description,
        });
        given_resource(user, fields).await;
    }
}

#[tokio::test]
async fn the_list_is_narrowed_by_each_filter_newest_first() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_library(&ann, &bob).await;
    let carla = app.user("carla").await;
    for (query, wanted) in [
        ("", "Negotiating|My first week|Lactation rooms|Breathing|Sleep"),
        ("published=true", "Negotiating|My first week|Lactation rooms|Breathing|Sleep"),
        ("type=meditation", "Breathing|Sleep"),
        ("type=virtual_session", ""),
        ("category=CALM", "Breathing|Sleep"),
        ("category=law", "Negotiating|Lactation rooms"),
        ("category=law&type=course", "Negotiating"),
        ("category=la", ""),
        ("tag=work", "My first week|Lactation rooms"),
        ("tag=WORK&tag=night", "My first week"),
        ("tag=a,%20b", "Lactation rooms"),
        ("tag=short&type=story", ""),
        ("tag=night&category=calm", "Sleep"),
        ("q=breathe", "Breathing"),
        ("q=mothers", "Negotiating|My first week|Lactation rooms|Breathing|Sleep"),
        ("q=mothers%20-week%20-law", "Breathing|Sleep"),
        ("q=%22first%20week%22", "My first week"),
        ("q=week%20or%20calm", "My first week|Breathing|Sleep"),
        ("q=mother&tag=night&type=story", "My first week"),
        ("q=mother&tag=night&type=course", ""),
        ("q=mother&category=law", "Negotiating|Lactation rooms"),
        ("q=the", ""),
        ("q=%27%3A%2A%20%26%20%21%28", ""),
        ("mine=true", ""),
        ("published=false", ""),
        ("tag=work&published=false", ""),
    ] {
        let wanted: Vec<&str> = wanted.split('|').filter(|title| !title.is_empty()).collect();
        for limit in [1, 2, 100] {
            let found = titles(&carla, &format!("{query}&limit={limit}")).await;
            assert_eq!(found, wanted, "{query}");
        }
    }
}

#[tokio::test]
async fn ones_own_and_the_unpublished_are_listed_for_whoever_may_read_them() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    given_library(&ann, &bob).await;
    for (user, query, wanted) in [
        (&ann, "mine=true", "Law draft|Running draft|Negotiating|Lactation rooms|Sleep"),
        (&ann, "mine=true&published=true", "Negotiating|Lactation rooms|Sleep"),
        (&ann, "mine=true&published=false", "Law draft|Running draft"),
        (&ann, "published=false", "Law draft|Running draft"),
        (&ann, "mine=true&category=LAW", "Law draft|Negotiating|Lactation rooms"),
        (&ann, "mine=true&type=story", "Running draft"),
        (&ann, "mine=true&tag=work", "Law draft|Running draft|Lactation rooms"),
        (&ann, "mine=true&q=mother&published=false", "Law draft|Running draft"),
        (&bob, "published=false", "Bob's draft"),
        (&bob, "published=false&tag=work", "Bob's draft"),
        (&bob, "published=false&q=draft", "Bob's draft"),
        (&keeper, "published=false", "Law draft|Bob's draft|Running draft"),
        (&keeper, "published=false&type=story", "Running draft"),
        (&keeper, "published=false&category=law", "Law draft|Bob's draft"),
        (&keeper, "published=false&tag=night", "Law draft"),
        (&keeper, "published=false&q=draft", "Law draft|Bob's draft|Running draft"),
        (&keeper, "q=draft", ""),
        (&keeper, "tag=work", "My first week|Lactation rooms"),
        (&keeper, "mine=true", ""),
    ] {
        let wanted: Vec<&str> = wanted.split('|').filter(|title| !title.is_empty()).collect();
        for limit in [1, 2, 100] {
            let found = titles(user, &format!("{query}&limit={limit}")).await;
            assert_eq!(found, wanted, "{} {query}", user.email);
        }
    }
}

#[tokio::test]
async fn bad_bodies_and_parameters_are_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, brief) in [
        ("title", json!(""), "/title length"),
        ("title", json!("a\0"), "/title nul"),
        ("type", json!("song"), "/type type"),
        ("url", json!("javascript:alert(1)"), "/url url"),
        ("filePath", json!("x".repeat(201)), "/filePath length"),
        ("category", json!(""), "/category length"),
        ("tags", json!([""]), "/tags lines"),
        ("isPublished", json!(null), "/isPublished type"),
        ("uploadedById", json!(ann.id), "/uploadedById unknown_field"),
        ("search", json!("x"), "/search unknown_field"),
    ] {
        let mut body = json!({"title": "x", "type": "story"});
        body[field] = value;
        let refused = ann.post(PATH, &body).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["{brief}"]"#));
    }
    for query in ["q=", "q=%20", "q=%00", "type=song", "mine=maybe", "tag=", "page=2", "cursor=x"] {
        let refused = ann.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.status, 400, "{query}: {refused:?}");
    }
}

#[tokio::test]
async fn parallel_patches_lose_nothing() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let place = given_resource(&ann, json!({})).await;
    let (hers, keepers) = (json!({"category": "Ann's"}), json!({"description": "The keeper's"}));
    let patches = (0..20).map(|number| match number % 2 {
        0 => ann.patch(&place, &hers),
        _ => keeper.patch(&place, &keepers),
    });
    for answer in join_all(patches).await {
        answer.ok(200);
    }
    let fields = json!({"category": "Ann's", "description": "The keeper's"});
    assert_holds(&ann.get(&place).await.ok(200), &fields);
}

#[tokio::test]
async fn what_a_leaver_brought_stays_and_administrators_keep_it() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_resource(&ann, json!({"isPublished": true})).await;
    let draft = given_resource(&ann, json!({})).await;
    app.execute(&format!("delete from identity.users where id = '{}'", ann.id)).await;
    assert_eq!(bob.get(&place).await.ok(200)["uploadedById"], Value::Null);
    assert_eq!(bob.delete(&place).await.brief(), "403 forbidden");
    assert_eq!(bob.get(&draft).await.brief(), "404 not-found");
    keeper.patch(&draft, &json!({"isPublished": true})).await.ok(200);
    bob.get(&draft).await.ok(200);
    let late = ann.post(PATH, &json!({"title": "x", "type": "story"})).await;
    assert_eq!(late.brief(), "401 unauthenticated");
}
