use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::people::{PASSWORD, session_of, with_password};
use crate::support::{Caller, TestApp, User};

async fn audit(admin: &User<'_>, query: &str) -> Vec<Value> {
    let page = admin.get(&format!("/v1/audit?limit=100&{query}")).await.ok(200);
    page["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn only_administrators_of_the_platform_read_the_log() {
    let app = TestApp::new().await;
    let ann = app.user_with_roles("ann", &["coach:ADMIN"]).await;
    assert_eq!(ann.get("/v1/audit").await.brief(), "403 forbidden");
    assert_eq!(app.anonymous().get("/v1/audit").await.brief(), "401 unauthenticated");
    app.admin().await.get("/v1/audit").await.ok(200);
}

#[tokio::test]
async fn every_write_here_says_who_did_it() {
    let app = TestApp::new().await;
    let ((ann, _), admin) = (with_password(&app, "ann").await, app.admin().await);
    app.execute("delete from audit.logs").await;
    let person = format!("/v1/users/{}", ann.id);
    let nothing = json!({});
    ann.patch("/v1/me", &json!({"firstName": "Ann"})).await.ok(200);
    ann.put("/v1/me/roles/mentorship/mentor", &nothing).await.ok(200);
    ann.delete("/v1/me/roles/mentorship/mentor").await;
    let consent = json!({"purpose": "marketing", "granted": true, "policyVersion": "1"});
    ann.post("/v1/me/consents", &consent).await.ok(201);
    ann.delete(&format!("/v1/me/sessions/{}", session_of(&ann))).await;
    ann.post(
        "/v1/me/password",
        &json!({"currentPassword": PASSWORD, "newPassword": "another sentence"}),
    )
    .await;
    let anns = audit(&admin, "").await;
    assert_eq!(anns.len(), 6, "{anns:?}");
    assert!(anns.iter().all(|entry| entry["actorId"] == ann.id.to_string()), "{anns:?}");
    app.execute("delete from audit.logs").await;
    admin.patch(&person, &json!({"status": "suspended"})).await.ok(200);
    admin.put(&format!("{person}/roles/smatrx/verifier"), &nothing).await.ok(200);
    admin.delete(&format!("{person}/roles/smatrx/verifier")).await;
    let admins = audit(&admin, "").await;
    assert_eq!(admins.len(), 3, "{admins:?}");
    assert!(admins.iter().all(|entry| entry["actorId"] == admin.id.to_string()), "{admins:?}");
}

#[tokio::test]
async fn erasing_oneself_is_logged_without_a_word_of_ones_own() {
    let app = TestApp::new().await;
    let ((ann, _), admin) = (with_password(&app, "ann").await, app.admin().await);
    let consent = json!({"purpose": "marketing", "granted": true, "policyVersion": "1"});
    ann.post("/v1/me/consents", &consent).await.ok(201);
    app.execute("delete from audit.logs").await;
    ann.send(reqwest::Method::DELETE, "/v1/me", ("x-a", "b"), Some(&json!({"password": PASSWORD})))
        .await;
    let log = audit(&admin, "").await;
    let types: BTreeSet<&str> =
        log.iter().map(|entry| entry["entityType"].as_str().unwrap()).collect();
    let erased =
        ["identity.consents", "identity.role_grants", "identity.sessions", "identity.users"];
    assert_eq!(types, BTreeSet::from(erased));
    for entry in log {
        assert_eq!(entry["action"], "delete");
        assert_eq!(entry["payload"], json!({}));
        assert_eq!(entry["actorId"], ann.id.to_string());
    }
}

#[tokio::test]
async fn the_log_is_narrowed_by_row_table_actor_and_time() {
    let app = TestApp::new().await;
    let (ann, bob, admin) = (app.user("ann").await, app.user("bob").await, app.admin().await);
    app.execute("delete from audit.logs").await;
    for (nth, (actor, entity)) in
        [(ann.id, "coach.jobs"), (ann.id, "coach.skills"), (bob.id, "coach.jobs")]
            .iter()
            .enumerate()
    {
        app.execute(&format!(
            "insert into audit.logs (created_at, actor_id, action, entity_type, entity_id, payload)
             values (date_trunc('minute', now()) - interval '{nth} minutes', '{actor}', 'insert', '{entity}', '{actor}',
               '{{\"changed\": [\"x\"], \"values\": {{\"x\": {nth}}}}}')"
        ))
        .await;
    }
    let whole = audit(&admin, "").await;
    let order: Vec<i64> =
        whole.iter().map(|entry| entry["payload"]["values"]["x"].as_i64().unwrap()).collect();
    assert_eq!(order, [0, 1, 2], "newest first");
    let middle = whole[1]["createdAt"].as_str().unwrap();
    let (ann, bob) = (ann.id, bob.id);
    for (query, found) in [
        (format!("entityId={ann}"), vec![0, 1]),
        (format!("entityType=coach.jobs&entityId={ann}"), vec![0]),
        (format!("entityId={ann}&actorId={bob}"), vec![]),
        (format!("entityId={ann}&actorId={ann}&entityType=coach.skills"), vec![1]),
        (format!("actorId={ann}"), vec![0, 1]),
        (format!("actorId={ann}&entityType=coach.skills"), vec![1]),
        ("entityType=coach.jobs".to_owned(), vec![0, 2]),
        (format!("entityType=coach.jobs&from={middle}"), vec![0]),
        (format!("entityType=coach.jobs&to={middle}"), vec![2]),
        (format!("from={middle}"), vec![0, 1]),
        (format!("to={middle}"), vec![2]),
        (format!("actorId={ann}&from={middle}&to={middle}"), vec![]),
        (format!("entityId={ann}&to={middle}"), vec![]),
        ("entityType=coach.nothing".to_owned(), vec![]),
    ] {
        let found: Vec<Value> = found.into_iter().map(|nth: usize| whole[nth].clone()).collect();
        assert_eq!(audit(&admin, &query).await, found, "{query}");
    }
}

#[tokio::test]
async fn entries_of_the_same_moment_are_paged_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let me = admin.id;
    app.execute("delete from audit.logs").await;
    app.execute(&format!(
        "insert into audit.logs (created_at, actor_id, action, entity_type, entity_id)
         select now() - interval '1 minute' * (nth / 4), '{me}', 'update', 'coach.jobs', '{me}'
         from generate_series(1, 10) as nth"
    ))
    .await;
    for query in [
        String::new(),
        format!("actorId={me}"),
        format!("entityId={me}"),
        "entityType=coach.jobs".into(),
    ] {
        let whole = audit(&admin, &query).await;
        assert_eq!(whole.len(), 10);
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = admin.get(&format!("/v1/audit?limit=3&{query}{cursor}")).await.ok(200);
            seen.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(seen, whole, "{query}");
    }
}

#[tokio::test]
async fn parameters_that_mean_nothing_are_refused() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    for query in [
        "limit=0",
        "limit=101",
        "from=yesterday",
        "from=0001-01-01T00:00:00Z",
        "entityId=1",
        "actorId=",
        "entityType=",
        "cursor=nonsense",
        "cursor=WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiJd",
        "who=me",
    ] {
        assert_eq!(admin.get(&format!("/v1/audit?{query}")).await.status, 400, "{query}");
    }
}
