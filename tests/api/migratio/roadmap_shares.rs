use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::roadmaps::{PATH, given_roadmap, route, task_at};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

/// Shares a roadmap with a user; tells the place of the share.
async fn shared(owner: &User<'_>, place: &str, with: &User<'_>, access: &str) -> String {
    let body = json!({"userId": with.id, "access": access});
    let made = owner.post(&format!("{place}/shares"), &body).await;
    assert_eq!(made.status, 201, "{made:?}");
    made.header("location").to_owned()
}

/// Every route of a roadmap asked by somebody: what it is, and its status.
async fn all_routes(
    user: &User<'_>,
    place: &str,
    task: &str,
    share: &str,
) -> Vec<(&'static str, u16)> {
    let tasks = task.rsplit_once('/').unwrap().0;
    let pdf = json!({"storageUrl": "https://files.example.com/a.pdf"});
    let email = json!({"email": format!("{}@example.com", Uuid::now_v7())});
    let (ask, none) = (json!({"access": "view"}), json!({}));
    let (shares, at) = (format!("{place}/shares"), |verb: &str| format!("{place}/{verb}"));
    let stale = ("if-match", "\"1\"");
    let answers = [
        ("get", user.get(place).await),
        ("patch", user.patch(place, &json!({"notes": "x"})).await),
        ("put", user.put(place, &json!({"title": "x"})).await),
        ("task patch", user.patch(task, &json!({"notes": "y"})).await),
        ("task post", user.post(tasks, &json!({"title": "x"})).await),
        ("pdf", user.put(&at("pdf-export"), &pdf).await),
        ("abandon", user.post(&at("abandon"), &none).await),
        ("activate", user.post(&at("activate"), &none).await),
        ("hold", user.post(&at("hold"), &none).await),
        ("activate", user.post(&at("activate"), &none).await),
        ("complete", user.post(&at("complete"), &none).await),
        ("activate", user.post(&at("activate"), &none).await),
        ("task delete", user.delete(task).await),
        ("share post", user.post(&shares, &email).await),
        ("share list", user.get(&shares).await),
        ("share get", user.get(share).await),
        ("share patch", user.patch(share, &ask).await),
        ("share put", user.put(share, &ask).await),
        ("stale delete", user.send(Method::DELETE, place, stale, None).await),
        ("delete", user.delete(place).await),
    ];
    answers.iter().map(|(name, answer)| (*name, answer.status)).collect()
}

#[tokio::test]
async fn owner_editor_viewer_and_stranger_may_each_what_is_theirs() {
    let app = TestApp::new().await;
    let (ann, program) = (app.user("ann").await, route(&app, "x").await);
    let (eve, vic, sue) = (app.user("eve").await, app.user("vic").await, app.user("sue").await);
    let place = given_roadmap(&ann, program).await;
    let edits = shared(&ann, &place, &eve, "edit").await;
    let views = shared(&ann, &place, &vic, "view").await;
    let roadmap = ann.get(&place).await.ok(200);
    let task = task_at(&place, &roadmap, 1, 0);
    let stranger = all_routes(&sue, &place, &task, &edits).await;
    assert!(stranger.iter().all(|(_, status)| *status == 404), "{stranger:?}");
    let viewer = all_routes(&vic, &place, &task, &views).await;
    let reads = ["get", "share list", "share get"];
    for (name, status) in &viewer {
        assert_eq!(*status, if reads.contains(name) { 200 } else { 403 }, "{name}");
    }
    assert_eq!(ann.get(&place).await.ok(200), roadmap, "the viewer changed nothing");
    let editor = all_routes(&eve, &place, &task, &edits).await;
    let owners = ["share post", "share patch", "share put", "stale delete", "delete"];
    for (name, status) in &editor {
        let made = if *name == "task delete" { 204 } else { 200 };
        assert_eq!(*status, if owners.contains(name) { 403 } else { made }, "{name}");
    }
    let task = task_at(&place, &roadmap, 0, 0);
    let owner = all_routes(&ann, &place, &task, &edits).await;
    for (name, status) in &owner {
        let expected = match *name {
            "task delete" | "delete" => 204,
            "share post" => 201,
            "stale delete" => 412,
            _ => 200,
        };
        assert_eq!(*status, expected, "{name}");
    }
    assert_eq!(eve.get(&place).await.brief(), "404 not-found", "gone with all shares");
    assert_eq!(app.count("select count(*) from migratio.roadmap_shares").await, 0);
}

#[tokio::test]
async fn whom_it_is_shared_with_sees_nothing_else_of_the_owner() {
    let app = TestApp::new().await;
    let (ann, eve, vic) = (app.user("ann").await, app.user("eve").await, app.user("vic").await);
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let edits = shared(&ann, &place, &eve, "edit").await;
    shared(&ann, &place, &vic, "view").await;
    let seen = [
        eve.get(&place).await,
        eve.get(&format!("{PATH}?shared=true")).await,
        eve.get(&format!("{place}/shares")).await,
        eve.get(&edits).await,
        eve.patch(&place, &json!({"notes": "eve was here"})).await,
    ];
    for answer in &seen {
        answer.ok(200);
        for secret in [ann.id.to_string(), ann.email.clone(), vic.id.to_string()] {
            assert!(!answer.text.contains(&secret), "{secret}: {answer:?}");
        }
    }
    assert_eq!(seen[0].json()["access"], "edit");
    assert_eq!(seen[4].json()["access"], "edit");
    let by_eve = "select count(*) from audit.logs join identity.users on users.id = actor_id
        where entity_type = 'migratio.roadmaps' and action = 'update' and email = 'eve@example.com'";
    assert_eq!(app.count(by_eve).await, 1, "who changed it acted");
    let by_nobody = "select count(*) from audit.logs
        where actor_id is null and entity_type like 'migratio.roadmap%'";
    assert_eq!(app.count(by_nobody).await, 0);
}

#[tokio::test]
async fn shares_are_seen_by_the_owner_and_by_whom_they_are_for() {
    let app = TestApp::new().await;
    let (ann, eve, vic) = (app.user("ann").await, app.user("eve").await, app.user("vic").await);
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let edits = shared(&ann, &place, &eve, "edit").await;
    let views = shared(&ann, &place, &vic, "view").await;
    let shares = format!("{place}/shares");
    let [first, second] = [ann.get(&edits).await.ok(200), ann.get(&views).await.ok(200)];
    assert_eq!(json!(ann.all(&shares, 1).await), json!([second, first]), "newest first");
    assert_eq!(json!(eve.all(&shares, 1).await), json!([first]));
    assert_eq!(json!(vic.all(&shares, 1).await), json!([second]));
    for answer in [
        eve.get(&views).await,
        eve.put(&views, &json!({"access": "edit"})).await,
        eve.patch(&views, &json!({"access": "edit"})).await,
        eve.delete(&views).await,
    ] {
        assert_eq!(answer.brief(), "404 not-found", "another's share");
    }
    let other = given_roadmap(&ann, route(&app, "y").await).await;
    let elsewhere = edits.replace(&place, &other);
    assert_eq!(ann.get(&elsewhere).await.brief(), "404 not-found", "of another roadmap");
    assert_eq!(ann.delete(&elsewhere).await.brief(), "404 not-found");
}

#[tokio::test]
async fn shared_roadmaps_are_listed_newest_first_each_once() {
    let app = TestApp::new().await;
    let (ann, bob, eve) = (app.user("ann").await, app.user("bob").await, app.user("eve").await);
    let program = route(&app, "x").await;
    let mut expected = Vec::new();
    for number in 0..6 {
        let owner = if number % 2 == 0 { &ann } else { &bob };
        let place = given_roadmap(owner, program).await;
        let by_email = json!({"email": "EVE@example.com", "access": "edit"});
        if number != 3 {
            shared(owner, &place, &eve, "view").await;
        }
        if number > 2 {
            owner.post(&format!("{place}/shares"), &by_email).await.ok(201);
        }
        if number == 4 {
            owner.post(&format!("{place}/activate"), &json!({})).await.ok(200);
        }
        let id = place.rsplit_once('/').unwrap().1.to_owned();
        expected.insert(0, (id, if number > 2 { "edit" } else { "view" }));
    }
    given_roadmap(&eve, program).await;
    let ids = |all: &[Value]| -> Vec<(String, String)> {
        let text = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
        all.iter().map(|one| (text(one, "id"), text(one, "access"))).collect()
    };
    let listed = eve.all(&format!("{PATH}?shared=true"), 2).await;
    let expected: Vec<_> =
        expected.into_iter().map(|(id, access)| (id, access.to_owned())).collect();
    assert_eq!(ids(&listed), expected);
    for roadmap in &listed {
        let path = format!("{PATH}/{}", roadmap["id"].as_str().unwrap());
        assert_eq!(&eve.get(&path).await.ok(200), roadmap);
    }
    let active = eve.all(&format!("{PATH}?shared=true&status=active,on_hold"), 2).await;
    assert_eq!(ids(&active), expected[1..2]);
    assert_eq!(ids(&ann.all(&format!("{PATH}?shared=true"), 2).await), []);
}

#[tokio::test]
async fn a_share_by_email_counts_once_the_address_is_proven() {
    let app = TestApp::new().await;
    let (ann, eve) = (app.user("ann").await, app.user("eve").await);
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let set = async |value: &str| {
        app.execute(&format!("update identity.users set {value} where id = '{}'", eve.id)).await;
    };
    set("email_verified_at = null").await;
    let shares = format!("{place}/shares");
    let existing = ann.post(&shares, &json!({"email": "Eve@Example.com", "access": "edit"})).await;
    let nobody = ann.post(&shares, &json!({"email": "nobody@example.com", "access": "edit"})).await;
    let known = |answer: &Response| {
        let row = answer.ok(201);
        row.as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), value.is_null()))
            .collect::<Vec<_>>()
    };
    assert_eq!(known(&existing), known(&nobody), "nothing tells who has an account");
    assert_holds(
        &existing.json(),
        &json!({"userId": null, "email": "Eve@Example.com", "access": "edit"}),
    );
    let sees = async || {
        (eve.get(&place).await.status, eve.all(&format!("{PATH}?shared=true"), 5).await.len())
    };
    assert_eq!(sees().await, (404, 0), "unproven");
    set("email_verified_at = now()").await;
    assert_eq!(sees().await, (200, 1));
    eve.patch(&place, &json!({"notes": "x"})).await.ok(200);
    set("email = 'other@example.com'").await;
    assert_eq!(sees().await, (404, 0), "another address");
    set("email = 'EVE@example.com'").await;
    assert_eq!(sees().await, (200, 1), "whatever the case");
    let share = existing.header("location");
    assert_eq!(eve.get(share).await.ok(200)["email"], "Eve@Example.com");
    assert_eq!(eve.delete(share).await.status, 204, "leaves");
    assert_eq!(sees().await, (404, 0));
}

#[tokio::test]
async fn a_roadmap_is_shared_once_with_one_other() {
    let app = TestApp::new().await;
    let (ann, eve) = (app.user("ann").await, app.user("eve").await);
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let shares = format!("{place}/shares");
    for (body, brief) in [
        (json!({}), r#"422 validation ["/userId one_of"]"#),
        (
            json!({"userId": eve.id, "email": "a@example.com"}),
            r#"422 validation ["/userId one_of"]"#,
        ),
        (json!({"userId": ann.id}), r#"422 validation ["/userId other"]"#),
        (json!({"userId": Uuid::now_v7()}), r#"422 validation ["/userId check"]"#),
        (json!({"email": "x"}), r#"422 validation ["/email email"]"#),
    ] {
        assert_eq!(ann.post(&shares, &body).await.brief(), brief, "{body}");
    }
    for access in [json!("owner"), json!(null), json!("")] {
        let refused = ann.post(&shares, &json!({"userId": eve.id, "access": access})).await;
        assert_eq!(refused.status, 422, "{refused:?}");
    }
    let made = ann.post(&shares, &json!({"userId": eve.id})).await;
    assert_holds(&made.ok(201), &json!({"userId": eve.id, "email": null, "access": "view"}));
    let again = ann.post(&shares, &json!({"userId": eve.id, "access": "edit"})).await;
    assert_eq!(again.brief(), r#"409 taken ["/userId taken"]"#);
    ann.post(&shares, &json!({"email": "a@example.com"})).await.ok(201);
    let again = ann.post(&shares, &json!({"email": "A@example.com"})).await;
    assert_eq!(again.brief(), r#"409 taken ["/email taken"]"#);
    let share = made.header("location");
    let stale = ann
        .send(Method::PATCH, share, ("if-match", "\"1\""), Some(&json!({"access": "edit"})))
        .await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(eve.patch(share, &json!({"access": "edit"})).await.brief(), "403 forbidden");
    assert_eq!(ann.patch(share, &json!({"access": "edit"})).await.ok(200)["access"], "edit");
    eve.patch(&place, &json!({"notes": "x"})).await.ok(200);
    ann.put(share, &json!({"access": "view"})).await.ok(200);
    assert_eq!(eve.patch(&place, &json!({"notes": "y"})).await.brief(), "403 forbidden");
    assert_eq!(ann.delete(share).await.status, 204);
    assert_eq!(eve.get(&place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn shares_go_with_the_account_they_are_with() {
    let app = TestApp::new().await;
    let (ann, eve, vic) = (app.user("ann").await, app.user("eve").await, app.user("vic").await);
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    shared(&ann, &place, &eve, "edit").await;
    let views = shared(&ann, &place, &vic, "view").await;
    eve.patch(&place, &json!({"notes": "x"})).await.ok(200);
    app.execute(&format!("delete from identity.users where id = '{}'", eve.id)).await;
    let left = ann.get(&format!("{place}/shares")).await.ok(200);
    assert_eq!(left["items"], json!([ann.get(&views).await.ok(200)]));
    assert_eq!(ann.get(&place).await.ok(200)["notes"], "x", "what they did stays");
    assert_eq!(vic.delete(&views).await.status, 204);
    assert_eq!(vic.get(&place).await.brief(), "404 not-found");
    assert_eq!(ann.get(&format!("{place}/shares")).await.ok(200)["items"], json!([]));
    app.execute(&format!("update identity.users set status = 'suspended' where id = '{}'", vic.id))
        .await;
    let refused = ann.post(&format!("{place}/shares"), &json!({"userId": vic.id})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/userId check"]"#);
}

#[tokio::test]
async fn of_anothers_roadmap_no_words_are_kept_for_a_key() {
    let app = TestApp::new().await;
    let (ann, eve) = (app.user("ann").await, app.user("eve").await);
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    ann.patch(&place, &json!({"notes": "very private"})).await.ok(200);
    let share = shared(&ann, &place, &eve, "edit").await;
    let (path, key) = (format!("{place}/activate"), ("idempotency-key", "once"));
    let first = eve.send(Method::POST, &path, key, Some(&json!({}))).await.ok(200);
    assert_eq!(first["notes"], "very private");
    ann.delete(&share).await;
    let again = eve.send(Method::POST, &path, key, Some(&json!({}))).await;
    assert_holds(
        &again.ok(200),
        &json!({"id": first["id"], "status": "active", "notes": null, "phases": null}),
    );
    assert!(!again.text.contains("private") && !again.text.contains("Choose"), "{again:?}");
    let kept = "select count(*) from identity.idempotency_keys where convert_from(response_body, 'UTF8') like '%private%'";
    assert_eq!(app.count(kept).await, 0);
}
