use std::collections::BTreeSet;

use serde_json::json;
use sqlx::{AssertSqlSafe, Row};
use trellis::registry;

use super::{
    belongings::fill,
    people::{PASSWORD, login, refresh, with_password},
};
use crate::support::{Caller, TestApp, User};

/// Every table that refers to a user, however many tables there are in between; but not what hangs on rows that a user
/// merely wrote, and that stay without them.
const USERS_TABLES: &str = "
    with recursive reachable (id, goes) as (
      select 'identity.users'::regclass::oid, true
      union
      select key.conrelid, key.confdeltype <> 'n'
      from pg_constraint as key
      join reachable on key.confrelid = reachable.id
      where key.contype = 'f'
        and reachable.goes
    )
    select id::regclass::text from reachable";

async fn texts(app: &TestApp, sql: &str) -> Vec<String> {
    let sql = sqlx::raw_sql(AssertSqlSafe(sql));
    let rows = sqlx::Executor::fetch_all(&mut app.sql().await, sql).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

async fn erase(user: &User<'_>, password: &str) -> u16 {
    let body = json!({"password": password});
    user.send(reqwest::Method::DELETE, "/v1/me", ("accept", "*/*"), Some(&body)).await.status
}

/// In how many rows of this table a text occurs, in whatever column.
async fn mentions(app: &TestApp, table: &str, text: &str) -> usize {
    let sql = format!("select own::text from {table} as own where own::text ilike '%{text}%'");
    texts(app, &sql).await.len()
}

#[tokio::test]
async fn every_table_that_refers_to_a_user_is_registered_as_one_that_does() {
    let app = TestApp::new().await;
    let reachable: BTreeSet<String> = texts(&app, USERS_TABLES).await.into_iter().collect();
    assert_eq!(registry::tables().collect::<BTreeSet<_>>(), reachable);
}

#[tokio::test]
async fn erasing_an_account_takes_everything_of_it_and_nothing_of_anybody_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (with_password(&app, "ann").await.0, app.user("bob").await);
    let (id, hash) = (ann.id, app.app.passwords.hash(PASSWORD).await.unwrap());
    fill(&app, &ann).await;
    fill(&app, &bob).await;
    // What ann did for bob stays, without her.
    app.execute(&format!(
        "update identity.users set password_hash = '{hash}' where id = '{id}';
         update identity.role_grants set granted_by = '{id}' where user_id = '{bob}';
         set session_replication_role = replica;
         update coach.status_changes set changed_by_id = '{id}' where user_id = '{bob}'",
        bob = bob.id
    ))
    .await;
    let mut bobs = Vec::new();
    for table in registry::tables().collect::<BTreeSet<_>>() {
        assert!(mentions(&app, &table, &id.to_string()).await > 0, "nothing of ann in {table}");
        bobs.push((mentions(&app, &table, &bob.id.to_string()).await, table));
    }
    assert_eq!(erase(&ann, PASSWORD).await, 204);
    for (count, table) in bobs {
        assert_eq!(mentions(&app, &table, &id.to_string()).await, 0, "{table}");
        assert_eq!(mentions(&app, &table, "words of ann").await, 0, "{table}");
        assert_eq!(mentions(&app, &table, &bob.id.to_string()).await, count, "{table}");
    }
    let without = "select count(*) from identity.role_grants where granted_by is null";
    assert_eq!(app.count(without).await, 7);
    let without = "select count(*) from coach.status_changes where changed_by_id is null";
    assert_eq!(app.count(without).await, 1);
}

#[tokio::test]
async fn the_audit_log_keeps_ids_and_no_words() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let hash = app.app.passwords.hash(PASSWORD).await.unwrap();
    fill(&app, &ann).await;
    app.execute(&format!("update identity.users set password_hash = '{hash}'")).await;
    assert_eq!(erase(&ann, PASSWORD).await, 204);
    assert!(mentions(&app, "audit.logs", &ann.id.to_string()).await > 0);
    for words in ["words of", "ann@", "secret", "argon2", "example.com"] {
        assert_eq!(mentions(&app, "audit.logs", words).await, 0, "{words}");
    }
}

#[tokio::test]
async fn erasing_needs_the_password() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    assert_eq!(ann.delete("/v1/me").await.brief(), r#"422 validation ["/password required"]"#);
    assert_eq!(erase(&ann, "not the password").await, 422);
    assert_eq!(erase(&ann, "").await, 422);
    let unknown = json!({"password": PASSWORD, "id": "x"});
    let refused = ann.send(reqwest::Method::DELETE, "/v1/me", ("a", "b"), Some(&unknown)).await;
    assert_eq!(refused.brief(), r#"422 validation ["/id unknown_field"]"#);
    ann.get("/v1/me").await.ok(200);
}

#[tokio::test]
async fn tokens_of_an_erased_account_are_good_for_nothing() {
    let app = TestApp::new().await;
    let (ann, token) = with_password(&app, "ann").await;
    assert_eq!(erase(&ann, PASSWORD).await, 204);
    assert_eq!(erase(&ann, PASSWORD).await, 401);
    let nothing = json!({});
    let consent = json!({"purpose": "marketing", "granted": true, "policyVersion": "1"});
    let job = json!({"title": "x", "company": "y"});
    for gone in [
        ann.get("/v1/me").await,
        ann.patch("/v1/me", &json!({"firstName": "Ann"})).await,
        ann.post("/v1/me/password", &json!({"newPassword": "another long sentence"})).await,
        ann.get("/v1/me/export").await,
        ann.post("/v1/me/consents", &consent).await,
        ann.put("/v1/me/roles/mentorship/mentor", &nothing).await,
        ann.post("/v1/coach/jobs", &job).await,
        refresh(app.anonymous(), &token).await,
        login(app.anonymous(), &ann.email, PASSWORD).await,
    ] {
        assert_eq!(gone.brief(), "401 unauthenticated");
    }
    // Nobody, under the same address: a new account starts with nothing.
    let (again, _) = with_password(&app, "ann").await;
    assert_ne!(again.id, ann.id);
    assert_eq!(again.get("/v1/me/consents").await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn an_account_is_erased_once_however_often_it_is_asked_for_at_once() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    let (bob, _) = with_password(&app, "bob").await;
    let statuses = futures_util::future::join_all((0..4).map(|_| erase(&ann, PASSWORD))).await;
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [204, 401, 503].contains(status)), "{statuses:?}");
    bob.get("/v1/me").await.ok(200);
}

#[tokio::test]
async fn erasing_very_much_may_take_longer_than_other_statements() {
    let app = TestApp::new().await;
    let (ann, _) = with_password(&app, "ann").await;
    app.execute(
        "create table public.seen (timeout text);
         create function public.see() returns trigger language plpgsql security definer as $$ begin
           insert into public.seen values (current_setting('statement_timeout'));
           return old;
         end $$;
         create trigger a_see before delete on identity.users for each row execute function public.see()",
    )
    .await;
    assert_eq!(erase(&ann, PASSWORD).await, 204);
    assert_eq!(texts(&app, "select timeout from public.seen").await, ["10min"]);
}
