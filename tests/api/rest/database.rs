//! The database behind the API: migrated, busy, locked, gone.

use std::time::{Duration, Instant};

use sqlx::Acquire;
use trellis::database;

use super::{JOBS, job};
use crate::support::{Caller, TestApp};

#[tokio::test]
async fn servers_that_migrate_at_once_leave_one_history() {
    let url = TestApp::empty_database().await;
    let all = database::pending(&url).await.unwrap();
    let version = |name: &String| name[1..].split_once("__").unwrap().0.parse::<u32>().unwrap();
    assert!(all.is_sorted_by_key(version) && version(&all[0]) == 1, "{all:?}");
    let (one, two, three) =
        tokio::join!(database::migrate(&url), database::migrate(&url), database::migrate(&url));
    let mut applied: Vec<usize> = [one, two, three].map(|done| done.unwrap().len()).into();
    applied.sort_unstable();
    assert_eq!(applied, [0, 0, all.len()], "one of them does all the work");
    assert_eq!(database::pending(&url).await.unwrap(), Vec::<String>::new());
    let app = TestApp::on(&url).await;
    let history = app.count("select count(*) from trellis.schema_history").await;
    assert_eq!(history, i64::try_from(all.len()).unwrap());
    assert_eq!(app.anonymous().get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_server_is_not_ready_before_its_database_is() {
    let app = TestApp::on(&TestApp::empty_database().await).await;
    let nobody = app.anonymous();
    let refused = nobody.get("/readyz").await;
    assert_eq!(refused.brief(), "503 unavailable");
    assert_eq!(nobody.get("/healthz").await.status, 200, "but alive it is");

    let app = TestApp::new().await;
    let nobody = app.anonymous();
    assert_eq!(nobody.get("/readyz").await.status, 200);
    app.execute("update trellis.schema_history set version = version - 1000").await;
    assert_eq!(nobody.get("/readyz").await.brief(), "503 unavailable");
    app.execute("update trellis.schema_history set version = version + 1000").await;
    let partition = "audit.logs_' || to_char(now() at time zone 'utc', 'YYYY_MM')";
    app.execute(&format!("do $$ begin execute 'drop table {partition}; end $$")).await;
    assert_eq!(nobody.get("/readyz").await.brief(), "503 unavailable");
}

#[tokio::test]
async fn a_server_is_not_ready_without_its_database() {
    let app = TestApp::on("postgres://nobody@127.0.0.1:1/nothing").await;
    let nobody = app.anonymous();
    let refused = nobody.get("/readyz").await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, "1"));
    assert_eq!(nobody.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn without_a_free_connection_requests_are_sent_away_after_two_seconds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut held = Vec::new();
    for _ in 0..app.app.settings.pool_size() {
        held.push(app.app.pool.get().await.unwrap());
    }
    let started = Instant::now();
    let (refused, alive) = tokio::join!(ann.get(JOBS), async {
        let alive = ann.get("/healthz").await;
        (alive.status, started.elapsed())
    });
    let waited = started.elapsed();
    assert_eq!(refused.brief(), "503 unavailable");
    assert_eq!(refused.header("retry-after"), "1");
    assert!((1.5..4.0).contains(&waited.as_secs_f64()), "{waited:?}");
    assert_eq!(alive.0, 200);
    assert!(alive.1 < Duration::from_secs(1), "{:?}", alive.1);
    drop(held);
    assert_eq!(ann.get(JOBS).await.status, 200, "free again");
}

#[tokio::test]
async fn a_dropped_transaction_gives_its_locks_back_at_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(JOBS, &job()).await;
    {
        let mut connection = app.app.pool.get().await.unwrap();
        let mut transaction = connection.begin().await.unwrap();
        sqlx::raw_sql("update coach.jobs set notes = 'held'")
            .execute(&mut *transaction)
            .await
            .unwrap();
        // Dropped here, as when a client hangs up in the middle of a request.
    }
    let started = Instant::now();
    let patch = serde_json::json!({"notes": "free"});
    assert_eq!(ann.patch(made.header("location"), &patch).await.ok(200)["notes"], "free");
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_locked_row_is_unavailable_after_two_seconds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(JOBS, &job()).await;
    let mut other = app.sql().await;
    let mut transaction = other.begin().await.unwrap();
    sqlx::raw_sql("update coach.jobs set notes = 'held'").execute(&mut *transaction).await.unwrap();
    let started = Instant::now();
    let refused = ann.patch(made.header("location"), &serde_json::json!({"notes": "x"})).await;
    assert_eq!(refused.brief(), "503 unavailable");
    assert_ne!(refused.header("retry-after"), "");
    assert!((1.5..5.0).contains(&started.elapsed().as_secs_f64()), "{:?}", started.elapsed());
}

#[tokio::test]
async fn dead_connections_are_replaced() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    assert_eq!(ann.get(JOBS).await.status, 200);
    app.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'trellis'",
    )
    .await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(ann.get(JOBS).await.status);
    }
    assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
    assert_eq!(statuses[2], 200, "{statuses:?}");
}
