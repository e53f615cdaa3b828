use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Caller, Response, TestApp, User, assert_holds};

const PATH: &str = "/v1/mentorship/proxy-requests";

async fn mother<'a>(app: &'a TestApp, name: &str) -> User<'a> {
    app.user_with_roles(name, &["mentorship:new_mother"]).await
}

/// What a mother asks this colleague for the ten days from here on.
fn asking(proxy: &User<'_>, start: &str) -> Value {
    let start: chrono::NaiveDate = start.parse().unwrap();
    json!({"proxyId": proxy.id, "startDate": start, "expectedEndDate": start + chrono::Days::new(10)})
}

/// The place of a request of this mother's.
async fn given_request(mother: &User<'_>, proxy: &User<'_>, start: &str) -> String {
    let made = mother.post(PATH, &asking(proxy, start)).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// A move.
async fn moved(user: &User<'_>, place: &str, verb: &str) -> Response {
    user.post(&format!("{place}/{verb}"), &json!({})).await
}

#[tokio::test]
async fn request_keeps_what_is_written_and_is_read_by_both() {
    let app = TestApp::new().await;
    let (ann, bob, carla) =
        (mother(&app, "ann").await, app.user("bob").await, app.user("carla").await);
    let written = json!({
        "proxyId": bob.id, "startDate": "2026-10-01", "expectedEndDate": "2026-10-02",
        "notes": "é🍼\n".repeat(3000),
    });
    let made = ann.post(PATH, &written).await;
    let (row, place) = (made.ok(201), made.header("location"));
    assert_holds(&row, &written);
    assert_holds(&row, &json!({"motherId": ann.id, "status": "pending", "actualEndDate": null}));
    for party in [&ann, &bob] {
        assert_eq!(party.get(place).await.ok(200), row);
        assert_eq!(party.get(PATH).await.ok(200)["items"], json!([row]));
    }
    for other in [&carla, &app.user_with_roles("keeper", &["mentorship:admin"]).await] {
        assert_eq!(other.get(place).await.brief(), "404 not-found");
        assert_eq!(other.get(PATH).await.ok(200)["items"], json!([]));
    }
    let change = json!({"startDate": "2026-11-01", "expectedEndDate": "2026-11-30"});
    let changed = ann.put(place, &change).await.ok(200);
    assert_holds(&changed, &change);
    assert_holds(&changed, &json!({"notes": null, "proxyId": bob.id}));
    let patched = ann.patch(place, &json!({"notes": "n"})).await.ok(200);
    assert_holds(&patched, &change);
    for field in ["proxyId", "motherId", "status", "actualEndDate"] {
        let refused = ann.patch(place, &json!({field: carla.id})).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["/{field} unknown_field"]"#));
    }
}

#[tokio::test]
async fn only_a_new_mother_asks_and_somebody_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (mother(&app, "ann").await, app.user("bob").await);
    for other in
        [&bob, &app.user_with_roles("mentor", &["mentorship:admin", "mentorship:mentor"]).await]
    {
        assert_eq!(other.post(PATH, &asking(&ann, "2026-10-01")).await.brief(), "403 forbidden");
        assert_eq!(
            other.post(PATH, &json!({})).await.brief(),
            "403 forbidden",
            "whatever they send"
        );
    }
    let mut nobody = asking(&bob, "2026-10-01");
    nobody["proxyId"] = json!(Uuid::now_v7());
    assert_eq!(ann.post(PATH, &nobody).await.brief(), r#"422 validation ["/proxyId check"]"#);
    let herself = ann.post(PATH, &asking(&ann, "2026-10-01")).await;
    assert_eq!(herself.brief(), r#"422 validation ["/proxyId other"]"#);
    for (field, value, fault) in [
        ("startDate", json!("2026-10-11"), "/expectedEndDate order"),
        ("expectedEndDate", json!("2026-09-01"), "/expectedEndDate order"),
        ("startDate", json!("1899-12-31"), "/startDate date"),
        ("startDate", json!("2026-02-30"), "/startDate type"),
        ("expectedEndDate", json!("infinity"), "/expectedEndDate type"),
        ("expectedEndDate", json!(null), "/expectedEndDate type"),
        ("proxyId", json!(null), "/proxyId type"),
        ("notes", json!("x".repeat(10_001)), "/notes length"),
    ] {
        let mut body = asking(&bob, "2026-10-01");
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(ann.post(PATH, &body).await.brief(), wanted, "{field}");
    }
    // Her token still says what she is no longer.
    app.execute("delete from identity.role_grants where role_code = 'new_mother'").await;
    assert_eq!(ann.post(PATH, &asking(&bob, "2026-10-01")).await.brief(), "403 forbidden");
    assert_eq!(app.count("select count(*) from mentorship.proxy_requests").await, 0);
}

/// The months in which the requests of a page start, and its cursor.
async fn months(user: &User<'_>, query: &str) -> (String, String) {
    let page = user.get(&format!("{PATH}?{query}")).await.ok(200);
    let items = page["items"].as_array().unwrap();
    let months = items.iter().map(|item| &item["startDate"].as_str().unwrap()[6..7]).collect();
    (months, page["nextCursor"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn requests_are_listed_by_side_and_status() {
    let app = TestApp::new().await;
    let (ann, bob) = (mother(&app, "ann").await, mother(&app, "bob").await);
    let anns = [
        given_request(&ann, &bob, "2026-01-01").await,
        given_request(&ann, &bob, "2026-02-01").await,
    ];
    let bobs = [
        given_request(&bob, &ann, "2026-03-01").await,
        given_request(&bob, &ann, "2026-04-01").await,
    ];
    moved(&bob, &anns[0], "accept").await.ok(200);
    moved(&ann, &bobs[1], "reject").await.ok(200);
    for (query, of_ann, of_bob) in [
        ("", "4321", "4321"),
        ("role=mother", "21", "43"),
        ("role=proxy", "43", "21"),
        ("status=pending", "32", "32"),
        ("status=pending,rejected&role=mother", "2", "43"),
        ("status=accepted&status=rejected", "41", "41"),
        ("status=completed", "", ""),
    ] {
        assert_eq!(months(&ann, query).await.0, of_ann, "{query}");
        assert_eq!(months(&bob, query).await.0, of_bob, "{query}");
    }
    let (first, cursor) = months(&ann, "limit=3").await;
    assert_eq!(first, "432");
    assert_eq!(
        months(&ann, &format!("limit=3&cursor={cursor}")).await,
        ("1".into(), String::new())
    );
    for bad in ["role=x", "status=x", "limit=0", "cursor=x"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

/// PUT, PATCH, DELETE, accept, reject, complete.
type Answers = [u16; 6];

/// What is answered in each status, to the mother and to the proxy.
const MOVES: [(&str, Answers, Answers); 4] = [
    ("pending", [200, 200, 204, 409, 409, 409], [403, 403, 403, 200, 200, 409]),
    ("accepted", [409, 409, 409, 409, 409, 200], [403, 403, 403, 409, 409, 200]),
    ("rejected", [409, 409, 204, 409, 409, 409], [403, 403, 403, 409, 409, 409]),
    ("completed", [409, 409, 409, 409, 409, 409], [403, 403, 403, 409, 409, 409]),
];

/// Asks for one of the verbs of [`Answers`].
async fn ask(user: &User<'_>, place: &str, verb: usize) -> Response {
    let dates = json!({"startDate": "2026-10-02", "expectedEndDate": "2026-10-20"});
    match verb {
        0 => user.put(place, &dates).await,
        1 => user.patch(place, &json!({"notes": "n"})).await,
        2 => user.delete(place).await,
        3 => moved(user, place, "accept").await,
        4 => moved(user, place, "reject").await,
        _ => user.post(&format!("{place}/complete"), &json!({"actualEndDate": "2026-10-05"})).await,
    }
}

#[tokio::test]
async fn every_status_allows_each_side_its_moves_and_no_other() {
    let app = TestApp::new().await;
    let (ann, bob) = (mother(&app, "ann").await, app.user("bob").await);
    let roles = ["mentorship:admin", "mentorship:new_mother", "platform:admin"];
    let stranger = app.user_with_roles("stranger", &roles).await;
    for (status, of_mother, of_proxy) in MOVES {
        for (who, user, answers) in [
            ("mother", &ann, of_mother),
            ("proxy", &bob, of_proxy),
            ("stranger", &stranger, [404; 6]),
        ] {
            for (verb, wanted) in answers.into_iter().enumerate() {
                app.execute("truncate mentorship.proxy_requests").await;
                let id = Uuid::now_v7();
                app.execute(&format!(
                    "insert into mentorship.proxy_requests (id, mother_id, proxy_id, status, start_date,
                       expected_end_date, actual_end_date)
                     values ('{id}', '{}', '{}', '{status}', '2026-10-01', '2026-10-10',
                       case '{status}' when 'completed' then '2026-10-09'::date end)",
                    ann.id, bob.id
                ))
                .await;
                let place = format!("{PATH}/{id}");
                let before = ann.get(&place).await.ok(200);
                let answer = ask(user, &place, verb).await;
                assert_eq!(answer.status, wanted, "{status}, {who}, {verb}: {answer:?}");
                if wanted >= 400 {
                    assert_eq!(ann.get(&place).await.ok(200), before, "{status}, {who}, {verb}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_move_says_where_it_went_or_why_not() {
    let app = TestApp::new().await;
    let (ann, bob) = (mother(&app, "ann").await, app.user("bob").await);
    let place = given_request(&ann, &bob, "2026-10-01").await;
    let refused =
        async |user: &User<'_>, verb| ask(user, &place, verb).await.json()["detail"].clone();
    assert_eq!(
        refused(&ann, 3).await,
        "a proxy request cannot move from pending to accepted; allowed: none"
    );
    let wanted =
        "a proxy request cannot move from pending to completed; allowed: accepted, rejected";
    assert_eq!(refused(&bob, 5).await, wanted);
    assert_eq!(moved(&bob, &place, "accept").await.ok(200)["status"], "accepted");
    let wanted = "a proxy request cannot move from accepted to rejected; allowed: completed";
    assert_eq!(refused(&bob, 4).await, wanted);
    assert_eq!(
        refused(&ann, 1).await,
        "a proxy request that is accepted cannot be changed any more"
    );
    assert_eq!(
        refused(&ann, 2).await,
        "a proxy request that is accepted cannot be deleted any more"
    );
    let done = ask(&ann, &place, 5).await.ok(200);
    assert_holds(&done, &json!({"status": "completed", "actualEndDate": "2026-10-05"}));
    assert_eq!(
        refused(&ann, 2).await,
        "a proxy request that is completed cannot be deleted any more"
    );
    let nobody = "select count(*) from audit.logs
        where entity_type = 'mentorship.proxy_requests' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn cover_ends_today_unless_another_day_is_named() {
    let app = TestApp::new().await;
    let (ann, bob) = (mother(&app, "ann").await, app.user("bob").await);
    let past = given_request(&ann, &bob, "2020-01-01").await;
    moved(&bob, &past, "accept").await.ok(200);
    let refused =
        bob.post(&format!("{past}/complete"), &json!({"actualEndDate": "2019-12-31"})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/actualEndDate order"]"#);
    let before = chrono::Utc::now().date_naive();
    let done = Response::of(bob.request(Method::POST, &format!("{past}/complete"))).await.ok(200);
    let day: chrono::NaiveDate = done["actualEndDate"].as_str().unwrap().parse().unwrap();
    assert!((before..=chrono::Utc::now().date_naive()).contains(&day), "{day}");
    let future = given_request(&ann, &bob, "2190-01-01").await;
    moved(&bob, &future, "accept").await.ok(200);
    let early = moved(&ann, &future, "complete").await;
    assert_eq!(early.brief(), r#"422 validation ["/actualEndDate order"]"#);
    let first = json!({"actualEndDate": "2190-01-01"});
    ann.post(&format!("{future}/complete"), &first).await.ok(200);
}

#[tokio::test]
async fn of_requests_that_share_a_day_one_is_accepted() {
    let app = TestApp::new().await;
    let ann = mother(&app, "ann").await;
    let proxies = join_all((0..10).map(|number| {
        let name = format!("proxy{number}");
        let app = &app;
        async move { app.user(&name).await }
    }))
    .await;
    let mut places = Vec::new();
    for (number, proxy) in proxies.iter().enumerate() {
        places.push(given_request(&ann, proxy, &format!("2026-10-{:02}", number + 1)).await);
    }
    let race = proxies.iter().zip(&places).map(|(proxy, place)| moved(proxy, place, "accept"));
    let answers = join_all(race).await;
    let won: Vec<usize> = (0..10).filter(|number| answers[*number].status == 200).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    for lost in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(lost.brief(), "409 conflict");
        let detail = "an accepted request covers some of these days already";
        assert_eq!(lost.json()["detail"], detail);
    }
}

#[tokio::test]
async fn the_last_day_counts_until_the_cover_is_over() {
    let app = TestApp::new().await;
    let (ann, dora) = (mother(&app, "ann").await, mother(&app, "dora").await);
    let bob = app.user("bob").await;
    let last = given_request(&ann, &bob, "2026-12-10").await;
    let touching = given_request(&ann, &bob, "2026-12-20").await;
    let after = given_request(&ann, &bob, "2026-12-21").await;
    let hers = given_request(&dora, &bob, "2026-12-10").await;
    moved(&bob, &last, "accept").await.ok(200);
    moved(&bob, &after, "accept").await.ok(200);
    moved(&bob, &hers, "accept").await.ok(200);
    assert_eq!(moved(&bob, &touching, "accept").await.brief(), "409 conflict");
    // What is over is in nobody's way.
    let freed = json!({"actualEndDate": "2026-12-20"});
    ann.post(&format!("{last}/complete"), &freed).await.ok(200);
    assert_eq!(moved(&bob, &touching, "accept").await.brief(), "409 conflict", "the next one");
    ann.post(&format!("{after}/complete"), &json!({"actualEndDate": "2026-12-21"})).await.ok(200);
    moved(&bob, &touching, "accept").await.ok(200);
}

#[tokio::test]
async fn of_two_answers_at_once_one_counts() {
    let app = TestApp::new().await;
    let (ann, bob) = (mother(&app, "ann").await, app.user("bob").await);
    let place = given_request(&ann, &bob, "2026-10-01").await;
    let race = (0..10).map(|number| ask(&bob, &place, 3 + number % 2));
    let mut statuses: Vec<u16> = join_all(race).await.iter().map(|one| one.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn a_stale_version_is_not_changed() {
    let app = TestApp::new().await;
    let (ann, bob) = (mother(&app, "ann").await, app.user("bob").await);
    let place = given_request(&ann, &bob, "2026-10-01").await;
    let old = ann.get(&place).await.etag().to_owned();
    ann.patch(&place, &json!({"notes": "n"})).await.ok(200);
    let change = json!({"startDate": "2026-10-02", "expectedEndDate": "2026-10-20"});
    for (method, body) in
        [(Method::PUT, Some(&change)), (Method::PATCH, Some(&change)), (Method::DELETE, None)]
    {
        let stale = ann.send(method.clone(), &place, ("if-match", &old), body).await;
        assert_eq!(stale.brief(), "412 precondition-failed", "{method}");
        let theirs = bob.send(method.clone(), &place, ("if-match", &old), body).await;
        assert!([403, 412].contains(&theirs.status), "{method}: {theirs:?}");
    }
}

#[tokio::test]
async fn requests_go_with_either_account_whatever_their_status() {
    let app = TestApp::new().await;
    for erased in ["ann", "bob"] {
        let (ann, bob) = (mother(&app, "ann").await, app.user("bob").await);
        for (start, verb) in
            [("2026-10-01", None), ("2026-11-01", Some(3)), ("2026-12-01", Some(4))]
        {
            let place = given_request(&ann, &bob, start).await;
            if let Some(verb) = verb {
                ask(&bob, &place, verb).await.ok(200);
            }
        }
        app.execute(&format!("delete from identity.users where email = '{erased}@example.com'"))
            .await;
        assert_eq!(app.count("select count(*) from mentorship.proxy_requests").await, 0);
        app.execute("delete from identity.users").await;
    }
}
