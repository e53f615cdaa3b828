use reqwest::Method;
use serde_json::{Map, Value};
use trellis::registry::tables;

use super::belongings::fill;
use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/me/export";

/// So many jobs with a description of 10,000 characters that do not compress.
async fn jobs(app: &TestApp, user: &User<'_>, count: u32) {
    // Without triggers: there is much to make.
    app.execute(&format!(
        "set session_replication_role = replica;
         insert into coach.jobs (user_id, title, company, description)
         select '{}', 'Job ' || nth, 'x', (select string_agg(md5(nth::text || part), '') from generate_series(1, 312) as part)
         from generate_series(1, {count}) as nth",
        user.id
    ))
    .await;
}

fn objects(value: &Value, visit: &mut impl FnMut(&Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            visit(fields);
            fields.values().for_each(|field| objects(field, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| objects(item, visit)),
        _ => {}
    }
}

#[tokio::test]
async fn an_export_has_every_table_in_order_and_only_ones_own_rows() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    fill(&app, &ann).await;
    fill(&app, &bob).await;
    let answer = ann.get(PATH).await;
    let export = answer.ok(200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.header("content-disposition").starts_with("attachment"));
    let mut places = vec![answer.text.find("\"exportedAt\"").unwrap()];
    for table in tables() {
        places.push(
            answer.text.find(&format!("\"{table}\":[")).unwrap_or_else(|| panic!("no {table}")),
        );
        assert!(!export[&table].as_array().unwrap().is_empty(), "nothing in {table}");
        assert!(export[&table].to_string().contains(&ann.id.to_string()), "{table}");
    }
    assert!(places.is_sorted());
    assert_eq!(export.as_object().unwrap().len(), tables().count() + 1);
    assert!(!answer.text.contains(&bob.id.to_string()) && !answer.text.contains("words of bob"));
    assert_eq!(export["coach.jobs"][0]["title"], "words of ann");
}

#[tokio::test]
async fn tables_without_a_row_are_there_empty() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let export = ann.get(PATH).await.ok(200);
    for table in tables() {
        let rows = export[&table].as_array().unwrap().len();
        let wanted = match table.as_str() {
            "identity.users" => 1,
            "identity.role_grants" => 2,
            _ => 0,
        };
        assert_eq!(rows, wanted, "{table}");
    }
}

#[tokio::test]
async fn no_secret_and_no_hash_is_exported() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    fill(&app, &ann).await;
    let answer = ann.get(PATH).await;
    let known = ["token_type", "refresh_token_expires_in"];
    objects(&answer.ok(200), &mut |fields| {
        for (name, value) in fields {
            let suspect =
                ["hash", "secret", "token", "password"].iter().any(|word| name.contains(word));
            // Tables are named here, too.
            assert!(!suspect || known.contains(&name.as_str()) || value.is_array(), "{name}");
            let text = value.as_str().unwrap_or_default();
            assert!(
                !text.contains("secret") && !text.contains("argon2") && !text.starts_with("\\x"),
                "{name}"
            );
        }
    });
}

#[tokio::test]
async fn an_export_of_thousands_of_rows_is_whole() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    jobs(&app, &ann, 3000).await;
    jobs(&app, &bob, 3).await;
    let export = ann.get(PATH).await.ok(200);
    let found = export["coach.jobs"].as_array().unwrap();
    let ids: std::collections::BTreeSet<&str> =
        found.iter().map(|job| job["id"].as_str().unwrap()).collect();
    assert_eq!((found.len(), ids.len()), (3000, 3000));
}

#[tokio::test]
async fn an_export_that_breaks_off_does_not_look_whole() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    jobs(&app, &ann, 5000).await;
    let mut answer = ann.request(Method::GET, PATH).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.chunk().await.unwrap().unwrap();
    app.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'trellis'",
    )
    .await;
    let broken = loop {
        match answer.chunk().await {
            Ok(Some(_)) => {}
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(broken, "the transfer ended as if it were whole");
    ann.get("/v1/me").await;
    ann.get("/v1/me").await.ok(200);
}

#[tokio::test]
async fn slow_readers_of_exports_keep_nobody_from_anything_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    jobs(&app, &ann, 5000).await;
    let slow = ann.request(Method::GET, PATH).send().await.unwrap();
    assert_eq!(slow.status(), 200);
    // Of four connections, one may be lent for long.
    let (one, two) = tokio::join!(ann.get(PATH), bob.get(PATH));
    for refused in [one, two] {
        assert_eq!(refused.brief(), "503 unavailable");
        assert_eq!(refused.header("retry-after"), "10");
    }
    bob.get("/v1/me").await.ok(200);
    drop(slow);
    // Whoever goes away frees the place, and leaves the connection fit for the next.
    bob.get(PATH).await.ok(200);
    for _ in 0..8 {
        bob.patch("/v1/me", &serde_json::json!({"firstName": "Bob"})).await.ok(200);
    }
}

#[tokio::test]
async fn an_export_is_of_one_moment() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    jobs(&app, &ann, 3000).await;
    let mut answer = ann.request(Method::GET, PATH).send().await.unwrap();
    let mut text = answer.chunk().await.unwrap().unwrap().to_vec();
    // Applications come after jobs.
    app.execute(
        "insert into coach.applications (user_id, job_id) select user_id, id from coach.jobs limit 1",
    )
    .await;
    while let Some(piece) = answer.chunk().await.unwrap() {
        text.extend(piece);
    }
    let export: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(export["coach.applications"], Value::Array(Vec::new()));
}

#[tokio::test]
async fn nobody_exports_anything() {
    let app = TestApp::new().await;
    assert_eq!(app.anonymous().get(PATH).await.brief(), "401 unauthenticated");
}
