mod bounds;
mod faults;
mod found;
mod queue;

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{Executor, PgConnection, raw_sql};

use crate::{
    faults::until,
    support::{Caller, TestApp, User},
};

const PATH: &str = "/v1/smatrx/imports";

/// Puts these skills into the catalogue.
async fn catalogue(app: &TestApp, names: &[impl AsRef<str>]) {
    let names = json!(names.iter().map(AsRef::as_ref).collect::<Vec<_>>());
    app.execute(&format!(
        "with category as (
           insert into smatrx.skill_categories (name, slug) values ('Any', 'any') returning id
         )
         insert into smatrx.skills (name, slug, category_id)
         select name, 'skill-' || place, id
         from category, jsonb_array_elements_text($names${names}$names$) with ordinality as one (name, place)"
    ))
    .await;
}

fn text(text: &str) -> Value {
    json!({"source": "resume", "text": text})
}

/// Asks for an import; where it is found.
async fn ask(user: &User<'_>, body: &Value) -> String {
    let made = user.post(PATH, body).await;
    made.ok(202);
    made.header("location").to_owned()
}

/// The import once it is over.
async fn over(user: &User<'_>, place: &str) -> Value {
    let mut import = Value::Null;
    until("the import is over", async || {
        import = user.get(place).await.ok(200);
        import["status"] == "completed" || import["status"] == "failed"
    })
    .await;
    import
}

/// One text out of the database.
async fn told(app: &TestApp, sql: &str) -> String {
    let mut conn = app.sql().await;
    let row = conn.fetch_one(raw_sql(sqlx::AssertSqlSafe(sql))).await.unwrap();
    sqlx::Row::get(&row, 0)
}

/// Nobody can read the catalogue: imports that have begun do not go on, for two seconds at most.
struct Closed(PgConnection);

impl Closed {
    async fn catalogue(app: &TestApp) -> Self {
        let mut conn = app.sql().await;
        let lock = "begin; lock table smatrx.skills in access exclusive mode";
        conn.execute(raw_sql(lock)).await.unwrap();
        Self(conn)
    }

    /// Waits until so many servers stand before it.
    async fn besieged(app: &TestApp, servers: i64) {
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'trellis' and wait_event_type = 'Lock'";
        until("servers at the catalogue", async || app.count(waiting).await == servers).await;
    }

    async fn open(mut self) {
        self.0.execute(raw_sql("rollback")).await.unwrap();
    }
}

#[tokio::test]
async fn import_waits_for_its_turn_and_shows_nothing_of_what_is_imported() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let made = ann.post(PATH, &text("Secret")).await;
    let import = made.ok(202);
    let place = made.header("location");
    assert_eq!(place, format!("{PATH}/{}", made.id()));
    let fields: Vec<&String> = import.as_object().unwrap().keys().collect();
    let expected = [
        "completedAt",
        "createdAt",
        "error",
        "id",
        "message",
        "progress",
        "results",
        "source",
        "startedAt",
        "status",
        "updatedAt",
    ];
    assert_eq!(fields, expected);
    assert_eq!((&import["status"], &import["progress"]), (&json!("pending"), &json!(0)));
    assert_eq!((&import["source"], &import["results"]), (&json!("resume"), &json!(null)));

    let read = ann.get(place).await;
    assert_eq!((read.ok(200), read.etag()), (import.clone(), made.etag()));
    let known = ann.send(Method::GET, place, ("if-none-match", made.etag()), None).await;
    assert_eq!(known.status, 304);
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([import]));
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
    assert_eq!(bob.get(place).await.brief(), "404 not-found");
    assert_eq!(bob.delete(place).await.brief(), "404 not-found");
    assert_eq!(app.anonymous().get(place).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn imports_are_listed_newest_first_by_status_and_source() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut ids = Vec::new();
    for source in ["github", "linkedin", "github", "resume"] {
        let made = ann.post(PATH, &json!({"source": source, "text": "x"})).await;
        ids.push(made.id());
    }
    app.execute(&format!(
        "update smatrx.skill_imports
         set status = 'failed', error = 'x', resume = null, completed_at = now()
         where id in ('{}', '{}')",
        ids[1], ids[2]
    ))
    .await;
    let listed = async |query: &str| -> Vec<usize> {
        let page = ann.get(&format!("{PATH}?{query}")).await.ok(200);
        let items = page["items"].as_array().unwrap().clone();
        let place = |item: &Value| ids.iter().position(|id| item["id"] == json!(id)).unwrap();
        items.iter().map(place).collect()
    };
    assert_eq!(listed("").await, [3, 2, 1, 0]);
    assert_eq!(listed("status=failed").await, [2, 1]);
    assert_eq!(listed("status=failed,pending&limit=3").await, [3, 2, 1]);
    assert_eq!(listed("source=github").await, [2, 0]);
    assert_eq!(listed("source=github&status=pending&status=completed").await, [0]);
    assert_eq!(listed("source=linkedin&status=pending").await, Vec::<usize>::new());
    let page = ann.get(&format!("{PATH}?source=github&limit=1")).await.ok(200);
    let cursor = page["nextCursor"].as_str().unwrap();
    assert_eq!(listed(&format!("source=github&limit=1&cursor={cursor}")).await, [0]);
    for query in ["status=nonsense", "source=manual", "nonsense=1"] {
        assert_eq!(ann.get(&format!("{PATH}?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn an_import_is_cancelled_before_it_is_begun() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let gone = ask(&ann, &text("x")).await;
    let old = ann.send(Method::DELETE, &gone, ("if-match", "\"1\""), None).await;
    assert_eq!(old.brief(), "412 precondition-failed");
    let etag = ann.get(&gone).await.etag().to_owned();
    let current = ann.send(Method::DELETE, &gone, ("if-match", &etag), None).await;
    assert_eq!(current.status, 204);
    assert_eq!(ann.delete(&gone).await.brief(), "404 not-found");
    assert_eq!(ann.get(&gone).await.brief(), "404 not-found");
}

#[tokio::test]
async fn an_import_that_is_being_processed_is_not_deleted() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = ask(&ann, &text("x")).await;
    app.execute(
        "update smatrx.skill_imports
         set status = 'processing', attempts = 1, leased_until = now() + interval '1 minute'",
    )
    .await;
    assert_eq!(ann.delete(&place).await.brief(), "409 conflict");
    let old = ann.send(Method::DELETE, &place, ("if-match", "\"1\""), None).await;
    assert_eq!(old.brief(), "412 precondition-failed");
    assert_eq!(ann.get(&place).await.ok(200)["status"], "processing");
}

#[tokio::test]
async fn an_import_is_asked_for_once_per_idempotency_key() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let key = ("idempotency-key", "k");
    let first = ann.send(Method::POST, PATH, key, Some(&text("x"))).await;
    let again = ann.send(Method::POST, PATH, key, Some(&text("x"))).await;
    first.ok(202);
    assert_eq!((again.status, &again.text), (202, &first.text));
    assert_eq!(again.header("idempotency-replayed"), "true");
    for header in ["location", "etag"] {
        assert_eq!(again.header(header), first.header(header), "{header}");
    }
    let other = ann.send(Method::POST, PATH, key, Some(&text("y"))).await;
    assert_eq!(other.brief(), "422 idempotency-key-reused");
    assert_eq!(app.count("select count(*) from smatrx.skill_imports").await, 1);
}
