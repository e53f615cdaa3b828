use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::{Closed, ask, catalogue, over, text, told};
use crate::{
    faults::{Process, until},
    support::{Caller, TestApp, User},
};

const RUN_OUT: &str = "update smatrx.skill_imports set leased_until = now() - interval '1 second'
    where status = 'processing'";

/// Status and attempts of the only import.
const STATE: &str = "select status || ' ' || attempts from smatrx.skill_imports";

/// The state of one user's only import, and how many skills they have.
async fn state(user: &User<'_>) -> String {
    let sql = format!(
        "select status || ' ' || attempts || ' ' || progress || ' ' ||
           (select count(*) from smatrx.user_skills where user_id = '{0}')
         from smatrx.skill_imports where user_id = '{0}'",
        user.id
    );
    told(user.app, &sql).await
}

#[tokio::test]
async fn what_a_killed_server_had_begun_is_done_once_its_lease_has_run_out() {
    let url = TestApp::database().await;
    let server = Process::start(&url).await;
    let ann = server.app.user("ann").await;
    catalogue(&server.app, &["Rust"]).await;
    let closed = Closed::catalogue(&server.app).await;
    ask(&ann, &text("Rust")).await;
    Closed::besieged(&server.app, 1).await;
    server.signal("-KILL").await;
    closed.open().await;

    let other = TestApp::on(&url).await;
    let _stop = other.work();
    let bob = other.user("bob").await;
    let place = ask(&bob, &text("Rust")).await;
    over(&bob, &place).await;
    let ann = User { app: &other, ..ann };
    assert_eq!(state(&ann).await, "processing 1 0 0", "its lease is not over");
    other.execute(RUN_OUT).await;
    until("somebody takes it", async || state(&ann).await == "completed 2 100 1").await;
    assert_eq!(other.count("select count(*) from smatrx.skill_import_skills").await, 2);
    assert!(!server.exit().await.success());
}

#[tokio::test]
async fn a_server_that_stops_gives_back_what_it_has_begun() {
    let url = TestApp::database().await;
    let server = Process::start(&url).await;
    let ann = server.app.user("ann").await;
    catalogue(&server.app, &["Rust"]).await;
    let closed = Closed::catalogue(&server.app).await;
    ask(&ann, &text("Rust")).await;
    Closed::besieged(&server.app, 1).await;
    server.signal("-TERM").await;
    let address = server.app.address;
    until("nobody is let in", async || TcpStream::connect(address).await.is_err()).await;
    closed.open().await;
    let app = TestApp::on(&url).await;
    assert!(server.exit().await.success());
    assert_eq!(told(&app, STATE).await, "pending 0");

    let _stop = app.work();
    until("another does it", async || told(&app, STATE).await == "completed 1").await;
    assert_eq!(app.count("select count(*) from smatrx.user_skills").await, 1);
}

/// What makes an import of Ann's fail, and how the error ends.
const POISONS: [(&str, &str); 2] = [
    (
        "create function public.poison() returns trigger language plpgsql as $$
         begin
           raise 'poison';
         end $$;
         create trigger poison before insert on smatrx.user_skills
         for each row when (new.user_id = 'ANN') execute function public.poison()",
        "the database refused it (P0001).",
    ),
    (
        "update smatrx.skill_imports set resume = null, items = '[{\"nonsense\": 1}]'
         where user_id = 'ANN'",
        "the database did not do it.",
    ),
];

#[tokio::test]
async fn a_poisoned_import_fails_after_three_tries_and_stops_nobody() {
    for (poison, error) in POISONS {
        let app = TestApp::new().await;
        let (ann, bob) = (app.user("ann").await, app.user("bob").await);
        catalogue(&app, &["Rust"]).await;
        let place = ask(&ann, &text("Rust")).await;
        app.execute(&poison.replace("ANN", &ann.id.to_string())).await;
        let _stop = app.work();
        until("a first try", async || ann.get(&place).await.text.contains("Try 1 of 3")).await;
        assert_eq!(state(&ann).await, "processing 1 0 0");
        let theirs = ask(&bob, &text("Rust")).await;
        assert_eq!(over(&bob, &theirs).await["status"], "completed");
        let mut import = Value::Null;
        until("it fails", async || {
            app.execute(&format!("{RUN_OUT} and message like 'Try %'")).await;
            import = ann.get(&place).await.ok(200);
            import["status"] == "failed"
        })
        .await;
        let expected = format!("Tried three times in vain. The last time: {error}");
        assert_eq!(import["error"], expected);
        assert_eq!((&import["results"], &import["message"]), (&json!(null), &json!(null)));
        assert!(import["completedAt"].is_string());
        assert!(state(&ann).await.starts_with("failed 3 "));
        assert!(state(&ann).await.ends_with(" 0"), "half of it is there");
    }
}

#[tokio::test]
async fn an_import_that_three_servers_died_of_fails() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = ask(&ann, &text("Rust")).await;
    app.execute(
        "update smatrx.skill_imports
         set status = 'processing', attempts = 3, leased_until = now() + interval '1 hour'",
    )
    .await;
    let _stop = app.work();
    let next = ask(&ann, &text("Go")).await;
    over(&ann, &next).await;
    assert_eq!(ann.get(&place).await.ok(200)["status"], "processing", "its lease is not over");
    app.execute(RUN_OUT).await;
    let import = over(&ann, &place).await;
    assert_eq!(import["status"], "failed");
    let error = "Tried three times in vain. The last time: it was not finished within a minute.";
    assert_eq!(import["error"], error);
}

#[tokio::test]
async fn who_has_lost_the_lease_writes_nothing() {
    for step in [20, 80] {
        let app = TestApp::new().await;
        let (ann, bob) = (app.user("ann").await, app.user("bob").await);
        catalogue(&app, &["Rust"]).await;
        // Just when the server has come so far, another one takes the import.
        app.execute(&format!(
            "create function public.take() returns trigger language plpgsql as $$
             begin
               new.attempts := 2;
               return new;
             end $$;
             create trigger a_take before update on smatrx.skill_imports for each row
             when (new.progress = {step} and new.user_id = '{}') execute function public.take()",
            ann.id
        ))
        .await;
        ask(&ann, &text("Rust")).await;
        let _stop = app.work();
        let place = ask(&bob, &text("Rust")).await;
        over(&bob, &place).await;
        assert_eq!(state(&ann).await, format!("processing 2 {step} 0"));
        app.execute("drop trigger a_take on smatrx.skill_imports").await;
        app.execute(RUN_OUT).await;
        until("it is done", async || state(&ann).await == "completed 3 100 1").await;
    }
}

#[tokio::test]
async fn who_has_lost_the_lease_does_not_put_off_either() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let closed = Closed::catalogue(&app).await;
    let place = ask(&ann, &text("Rust")).await;
    let _stop = app.work();
    Closed::besieged(&app, 1).await;
    app.execute(
        "update smatrx.skill_imports set attempts = 2, leased_until = now() + interval '1 hour'",
    )
    .await;
    let version = ann.get(&place).await.etag().to_owned();
    // It waits for two seconds, and then it is told that this was in vain.
    Closed::besieged(&app, 0).await;
    closed.open().await;
    let next = ask(&bob, &text("Rust")).await;
    over(&bob, &next).await;
    assert_eq!(ann.get(&place).await.etag(), version);
}

#[tokio::test]
async fn an_account_may_be_erased_while_its_import_is_processed() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    catalogue(&app, &["Rust"]).await;
    let closed = Closed::catalogue(&app).await;
    ask(&ann, &text("Rust")).await;
    let _stop = app.work();
    Closed::besieged(&app, 1).await;
    app.execute(&format!("delete from identity.users where id = '{}'", ann.id)).await;
    closed.open().await;
    let place = ask(&bob, &text("Rust")).await;
    assert_eq!(over(&bob, &place).await["results"]["created"], 1);
    assert_eq!(app.count("select count(*) from smatrx.user_skills").await, 1);
}
