use trellis::server::housekeeping::run_once;

use crate::support::TestApp;

fn of(counts: &[(&'static str, i64)], what: &str) -> i64 {
    counts.iter().filter(|(name, _)| *name == what).map(|(_, count)| count).sum()
}

/// One expired and one lasting row of each kind, and a session that expired less than a week ago.
async fn litter(app: &TestApp) {
    let ann = app.user("ann").await.id;
    app.execute(&format!(
        "insert into identity.sessions (user_id, family_id, refresh_token_hash, expires_at)
         select '{ann}', base.uuid_v7(), sha256(days::text::bytea), now() + days * interval '1 day'
         from unnest(array[-8, -6, 1]) as days;
         insert into identity.one_time_tokens (user_id, purpose, email, token_hash, expires_at)
         select '{ann}', purpose, 'a@b', sha256(days::text::bytea), now() + days * interval '1 day'
         from (values (-1, 'password_reset'::identity.token_purpose), (1, 'email_verification')) as made (days, purpose);
         insert into identity.login_failures (kind, subject_hash, expires_at)
         select 'account', sha256(days::text::bytea), now() + days * interval '1 day' from unnest(array[-1, 1]) as days;
         insert into identity.idempotency_keys (user_id, key, request_hash, status, expires_at)
         select '{ann}', days::text, sha256(''), 200, now() + days * interval '1 day' from unnest(array[-1, 1]) as days"
    ))
    .await;
}

#[tokio::test]
async fn what_expired_is_cleared_and_nothing_else() {
    let app = TestApp::new().await;
    litter(&app).await;
    let counts = run_once(&app.app).await;
    for what in ["sessions", "one_time_tokens", "login_failures", "idempotency_keys"] {
        assert_eq!(of(&counts, what), 1, "{what}");
    }
    assert_eq!(app.count("select count(*) from identity.sessions").await, 2);
    for left in [
        "select count(*) from identity.one_time_tokens where expires_at > now()",
        "select count(*) from identity.login_failures where expires_at > now()",
        "select count(*) from identity.idempotency_keys where expires_at > now()",
    ] {
        assert_eq!(app.count(left).await, 1);
    }
    let again = run_once(&app.app).await;
    assert!(again.iter().all(|(_, count)| *count == 0), "{again:?}");
}

#[tokio::test]
async fn more_than_one_statement_clears_is_cleared() {
    let app = TestApp::new().await;
    app.execute(
        "insert into identity.login_failures (kind, subject_hash, expires_at)
         select 'address', sha256(nth::text::bytea), now() - interval '1 second' from generate_series(1, 2500) as nth",
    )
    .await;
    assert_eq!(of(&run_once(&app.app).await, "login_failures"), 2500);
    assert_eq!(app.count("select count(*) from identity.login_failures").await, 0);
}

#[tokio::test]
async fn servers_that_keep_house_at_once_clear_everything_once() {
    let app = TestApp::new().await;
    let other = TestApp::on(&app.database_url).await;
    litter(&app).await;
    let (one, two) = tokio::join!(run_once(&app.app), run_once(&other.app));
    for what in ["sessions", "one_time_tokens", "login_failures", "idempotency_keys"] {
        assert!(of(&one, what) + of(&two, what) <= 1, "{what}");
    }
    run_once(&app.app).await;
    assert_eq!(app.count("select count(*) from identity.login_failures").await, 1);
    assert_eq!(app.count("select count(*) from identity.sessions").await, 2);
}

#[tokio::test]
async fn a_server_leaves_the_work_to_the_one_that_is_at_it() {
    let app = TestApp::new().await;
    litter(&app).await;
    let mut other = app.sql().await;
    let lock = "begin; select pg_advisory_xact_lock(hashtextextended('trellis.housekeeping', 0))";
    sqlx::Executor::execute(&mut other, sqlx::raw_sql(lock)).await.unwrap();
    let counts = run_once(&app.app).await;
    assert!(counts.iter().all(|(_, count)| *count == 0), "{counts:?}");
    sqlx::Executor::execute(&mut other, sqlx::raw_sql("commit")).await.unwrap();
    assert_eq!(of(&run_once(&app.app).await, "sessions"), 1);
}

#[tokio::test]
async fn old_audit_partitions_go_and_coming_ones_are_made() {
    let app = TestApp::new().await;
    app.execute(
        "create table audit.logs_2001_01 partition of audit.logs for values from ('2001-01-01') to ('2001-02-01');
         alter table audit.logs_2001_01 owner to trellis_owner;
         do $$ begin execute 'drop table audit.logs_' || to_char(now() at time zone 'utc' + interval '2 months', 'YYYY_MM');
         end $$",
    )
    .await;
    let partitions = "select count(*) from pg_inherits where inhparent = 'audit.logs'::regclass";
    assert_eq!(app.count(partitions).await, 4);
    assert_eq!(of(&run_once(&app.app).await, "audit_partitions"), 1);
    assert_eq!(app.count(partitions).await, 4);
    assert_eq!(app.count("select count(*) from pg_class where relname = 'logs_2001_01'").await, 0);
}

#[tokio::test]
async fn a_dead_database_is_survived() {
    let app = TestApp::on("postgres://nobody@127.0.0.1:1/nothing").await;
    let counts = run_once(&app.app).await;
    assert!(counts.iter().all(|(_, count)| *count == 0), "{counts:?}");
}
