use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use super::{Closed, PATH, ask, catalogue, over, text};
use crate::{
    faults::until,
    support::{Caller, TestApp},
};

/// How many imports are asked for at once.
const MANY: usize = 50;

fn skill(number: usize) -> String {
    format!("Skill {number:02}")
}

#[tokio::test]
async fn two_servers_do_each_import_once() {
    let app = TestApp::new().await;
    let other = TestApp::on(&app.database_url).await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let skills: Vec<String> = (0..MANY).map(skill).chain(["Shared".into()]).collect();
    catalogue(&app, &skills).await;
    let places = join_all((0..MANY).map(async |number| {
        let user = if number % 2 == 0 { &ann } else { &bob };
        (user, ask(user, &text(&format!("Shared, {}", skill(number)))).await)
    }))
    .await;
    let _stops = (app.work(), other.work());
    let mut created = 0;
    for (user, place) in &places {
        let import = over(user, place).await;
        assert_eq!(import["status"], "completed");
        assert_eq!(import["results"]["matched"].as_array().unwrap().len(), 2);
        assert_eq!(import["results"]["updated"], 0);
        created += import["results"]["created"].as_i64().unwrap();
    }
    let expected = i64::try_from(MANY).unwrap() + 2;
    assert_eq!(created, expected, "each skill is new once");
    assert_eq!(app.count("select count(*) from smatrx.user_skills").await, expected);
    let again = "select count(*) from smatrx.skill_imports where attempts <> 1";
    assert_eq!(app.count(again).await, 0, "begun twice");
    let ends = "select count(*) from audit.logs
        where entity_type = 'smatrx.skill_imports' and payload -> 'values' ->> 'status' = 'completed'";
    assert_eq!(app.count(ends).await, 50);
}

#[tokio::test]
async fn who_asks_need_not_wait_until_a_server_looks() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let _stop = app.work();
    let started = Instant::now();
    for _ in 0..10 {
        let place = ask(&ann, &text("x")).await;
        over(&ann, &place).await;
    }
    // Servers look every second by themselves.
    assert!(started.elapsed() < Duration::from_secs(6), "{:?}", started.elapsed());
}

#[tokio::test]
async fn what_another_server_was_asked_for_is_found_by_looking() {
    let app = TestApp::new().await;
    let other = TestApp::on(&app.database_url).await;
    let ann = app.user("ann").await;
    let _stop = other.work();
    let place = ask(&ann, &text("x")).await;
    assert_eq!(over(&ann, &place).await["status"], "completed");
}

#[tokio::test]
async fn an_import_is_cancelled_or_done() {
    let app = TestApp::new().await;
    let other = TestApp::on(&app.database_url).await;
    let ann = app.user("ann").await;
    catalogue(&app, &(0..MANY).map(skill).collect::<Vec<_>>()).await;
    let ask = async |number| ask(&ann, &text(&skill(number))).await;
    let places = join_all((0..MANY).map(ask)).await;
    let _stops = (app.work(), other.work());
    // Those that were asked for last first: both sides win some.
    let cancelled = join_all(places.iter().rev().map(|place| ann.delete(place))).await;
    for (place, cancelled) in places.iter().rev().zip(&cancelled) {
        match cancelled.status {
            204 => assert_eq!(ann.get(place).await.status, 404),
            409 => assert_eq!(over(&ann, place).await["status"], "completed"),
            _ => panic!("{cancelled:?}"),
        }
    }
    // What was begun was done, though it may have been forgotten since; what was not left no trace.
    let begun = "select count(distinct entity_id) from audit.logs
        where entity_type = 'smatrx.skill_imports' and payload -> 'values' ->> 'status' = 'processing'";
    let done = "select count(distinct entity_id) from audit.logs
        where entity_type = 'smatrx.skill_imports' and payload -> 'values' ->> 'status' = 'completed'";
    let begun = app.count(begun).await;
    assert_eq!(app.count(done).await, begun);
    assert_eq!(app.count("select count(*) from smatrx.user_skills").await, begun);
}

#[tokio::test]
async fn progress_is_told() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let closed = Closed::catalogue(&app).await;
    let _stop = app.work();
    let place = ask(&ann, &text("x")).await;
    Closed::besieged(&app, 1).await;
    let import = ann.get(&place).await;
    let begun = import.ok(200);
    assert_eq!((&begun["status"], &begun["progress"]), (&json!("processing"), &json!(0)));
    assert_eq!(begun["message"], "Reading the catalogue of skills");
    assert_eq!(ann.delete(&place).await.brief(), "409 conflict");
    // Every step is a version of its own.
    app.execute(
        "create table public.seen (progress integer, etag timestamptz);
         create function public.see() returns trigger language plpgsql security definer as $$
         begin
           insert into public.seen values (new.progress, new.updated_at);
           return null;
         end $$;
         create trigger seen after update on smatrx.skill_imports for each row execute function public.see()",
    )
    .await;
    closed.open().await;
    over(&ann, &place).await;
    let steps = "select count(*) from public.seen where progress in (20, 80, 100)";
    until("all steps", async || app.count(steps).await >= 3).await;
    assert_ne!(ann.get(&place).await.etag(), import.etag());
}

#[tokio::test]
async fn a_mebibyte_is_searched_for_thousands_of_skills() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let names: Vec<String> = (0..5000).map(|number| format!("{number} of a kind")).collect();
    catalogue(&app, &names).await;
    let _stop = app.work();
    let mut long = "4999 of a kindness, ".repeat(52_000);
    long.push_str("17 OF A KIND");
    let place = ask(&ann, &text(&long)).await;
    let requests = async { assert_eq!(ann.get(PATH).await.status, 200) };
    let (import, ()) = tokio::join!(over(&ann, &place), requests);
    assert_eq!(import["results"]["matched"][0]["name"], "17 of a kind");
    assert_eq!(import["results"]["created"], 1);
}
