use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{appointment, patient, practice, staff};
use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/visitnow/tickets";
const ALL: &str = "/v1/visitnow/admin/tickets";

/// Who takes care of tickets.
pub async fn keeper(app: &TestApp) -> User<'_> {
    app.user_with_roles("keeper", &["visitnow:admin"]).await
}

pub fn input(subject: &str) -> Value {
    json!({"category": "technical", "subject": subject, "description": "Nothing to be seen. 📷"})
}

/// Opens a ticket; where it is found.
pub async fn given_ticket(user: &User<'_>, subject: &str) -> String {
    let made = user.post(PATH, &input(subject)).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// Puts a ticket into any status and priority, as no request could.
pub async fn put_into(app: &TestApp, place: &str, status: &str, priority: &str) {
    let id = place.rsplit('/').next().unwrap();
    app.execute(&format!(
        "set session_replication_role = replica;
         update visitnow.tickets set status = '{status}', priority = '{priority}' where id = '{id}'"
    ))
    .await;
}

/// Opens these tickets, of a user, a subject, a status and a priority; their numbers.
async fn opened(keeper: &User<'_>, tickets: &[(&User<'_>, &str, &str, &str)]) -> Vec<String> {
    let mut numbers = Vec::new();
    for (user, subject, status, priority) in tickets {
        let place = given_ticket(user, subject).await;
        put_into(keeper.app, &place, status, priority).await;
        let ticket = keeper.get(&place).await.ok(200);
        numbers.push(ticket["ticketNumber"].as_str().unwrap().to_owned());
    }
    numbers
}

/// Subjects of a list, for any size of page.
async fn subjects(user: &User<'_>, path: &str) -> String {
    let mut found = Vec::new();
    for limit in [1, 2, 100] {
        let all = user.all(path, limit).await;
        found.push(all.iter().map(|one| one["subject"].as_str().unwrap()).collect::<String>());
    }
    found.dedup();
    assert_eq!(found.len(), 1, "{path}: {found:?}");
    found.remove(0)
}

#[tokio::test]
async fn a_ticket_is_followed_by_whoever_opens_it() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let made = ann.post(PATH, &input("No picture")).await;
    assert_holds(&made.ok(201), &input("No picture"));
    let fields = json!({
        "status": "open", "priority": "normal", "appointmentId": null, "assignedToId": null, "participantIds": [ann.id],
    });
    assert_holds(&made.json(), &fields);
    let events = made.json()["events"].as_array().unwrap().clone();
    assert_eq!(events.len(), 1);
    let opened =
        json!({"type": "opened", "by": "customer", "from": null, "to": "open", "note": null});
    assert_holds(&events[0], &opened);
    let number = made.json()["ticketNumber"].as_str().unwrap().to_owned();
    let shape = regex::Regex::new(r"^VN-20[0-9]{2}-[0-9]{6}$").unwrap();
    assert!(shape.is_match(&number), "{number}");
    let place = made.header("location");
    assert_eq!(place, format!("{PATH}/{}", made.id()));
    for reader in [&ann, &keeper] {
        let read = reader.get(place).await;
        assert_eq!(read.ok(200), made.json());
        let known = reader.send(Method::GET, place, ("if-none-match", read.etag()), None).await;
        assert_eq!(known.status, 304);
    }
    for other in [&bob, &app.admin().await] {
        assert_eq!(other.get(place).await.brief(), "404 not-found");
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = ann.send(method, place, ("x", "y"), Some(&input("x"))).await;
        assert_eq!(refused.brief(), "405 method-not-allowed");
    }
}

#[tokio::test]
async fn bad_tickets_are_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, error) in [
        ("category", json!("food"), "/category type"),
        ("subject", json!(""), "/subject length"),
        ("subject", json!("x".repeat(201)), "/subject length"),
        ("description", json!(""), "/description length"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("description", json!("\0"), "/description nul"),
        ("appointmentId", json!("x"), "/appointmentId type"),
        ("priority", json!("urgent"), "/priority unknown_field"),
        ("status", json!("closed"), "/status unknown_field"),
        ("ticketNumber", json!("VN-2026-000001"), "/ticketNumber unknown_field"),
    ] {
        let mut body = input("x");
        body[field] = value;
        let wanted = format!(r#"422 validation ["{error}"]"#);
        assert_eq!(ann.post(PATH, &body).await.brief(), wanted);
    }
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn a_ticket_is_about_an_appointment_of_ones_own() {
    let app = TestApp::new().await;
    let (house, other) = (practice(&app, "house").await, practice(&app, "other").await);
    let (ann, bob) = (patient(&app, "ann").await, patient(&app, "bob").await);
    let about = appointment(&house, &ann, "completed", -24).await;
    let books = staff(&house, "books", &["appointments:write"]).await;
    let writes =
        staff(&house, "writes", &["messages:write", "clinic:write", "availability:write"]).await;
    let mut body = input("x");
    body["appointmentId"] = json!(about);
    for user in [&ann.user, &house.doctor, &books, &keeper(&app).await] {
        let made = user.post(PATH, &body).await;
        assert_eq!(made.ok(201)["appointmentId"], json!(about), "{}", user.email);
    }
    let refused = r#"422 validation ["/appointmentId check"]"#;
    for user in [&bob.user, &other.doctor, &writes] {
        assert_eq!(user.post(PATH, &body).await.brief(), refused, "{}", user.email);
    }
    body["appointmentId"] = json!(Uuid::now_v7());
    assert_eq!(ann.post(PATH, &body).await.brief(), refused, "one that is not there");
}

#[tokio::test]
async fn the_list_has_what_one_follows_newest_first() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let numbers = opened(
        &keeper,
        &[
            (&ann, "a", "open", "low"),
            (&bob, "b", "open", "urgent"),
            (&ann, "c", "closed", "urgent"),
            (&ann, "d", "open", "high"),
        ],
    )
    .await;
    let (lower, year) = (numbers[2].to_lowercase(), &numbers[0][..8]);
    for (query, wanted) in [
        (String::new(), "dca"),
        ("status=open".into(), "da"),
        ("status=open,closed&priority=urgent,low".into(), "ca"),
        (format!("number={}", numbers[0]), "a"),
        (format!("number={lower}"), "c"),
        (format!("number={year}"), "dca"),
        (format!("number={year}&status=closed"), "c"),
        (format!("number={}", numbers[1]), ""),
        ("number=N-20".into(), ""),
    ] {
        assert_eq!(subjects(&ann, &format!("{PATH}?{query}")).await, wanted, "{query}");
    }
    assert_eq!(subjects(&bob, PATH).await, "b");
    assert_eq!(
        subjects(&keeper, PATH).await,
        "",
        "an administrator's own are those that they follow"
    );
    let one = &ann.get(PATH).await.ok(200)["items"][0];
    assert!(one.get("events").is_none() && one.get("description").is_none(), "{one}");
}

#[tokio::test]
async fn administrators_list_all_tickets_the_most_pressing_first() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let numbers = opened(
        &keeper,
        &[
            (&ann, "a", "open", "normal"),
            (&bob, "b", "open", "urgent"),
            (&ann, "c", "closed", "high"),
            (&bob, "d", "open", "normal"),
            (&ann, "e", "resolved", "urgent"),
            (&bob, "f", "in_progress", "low"),
            (&ann, "g", "open", "high"),
        ],
    )
    .await;
    let year = &numbers[0][..8];
    for (query, wanted) in [
        (String::new(), "ebgcdaf"),
        ("status=open".into(), "bgda"),
        ("status=open,resolved&status=open".into(), "ebgda"),
        ("priority=normal,low".into(), "daf"),
        ("status=open&priority=normal".into(), "da"),
        ("status=waiting_on_customer".into(), ""),
        (format!("number={}", numbers[4].to_lowercase()), "e"),
        (format!("number={year}"), "gfedcba"),
        (format!("number={year}&status=open&priority=urgent,normal"), "dba"),
        ("number=VN-1999".into(), ""),
        ("number=VN-20Z".into(), ""),
    ] {
        assert_eq!(subjects(&keeper, &format!("{ALL}?{query}")).await, wanted, "{query}");
    }
    for other in [&ann, &app.admin().await] {
        assert_eq!(other.get(ALL).await.brief(), "403 forbidden");
    }
}

#[tokio::test]
async fn tickets_opened_at_once_have_numbers_of_their_own_and_a_key_opens_one() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let body = input("x");
    let made = join_all((0..8).map(|_| ann.post(PATH, &body))).await;
    let mut numbers: Vec<String> =
        made.iter().map(|one| one.ok(201)["ticketNumber"].as_str().unwrap().to_owned()).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 8);
    let key = ("idempotency-key", "k");
    let first = ann.send(Method::POST, PATH, key, Some(&body)).await.ok(201);
    let again = ann.send(Method::POST, PATH, key, Some(&body)).await.ok(201);
    assert_eq!(first["id"], again["id"]);
    assert_eq!((&again["subject"], &again["description"]), (&Value::Null, &Value::Null));
    let kept = "select count(*) from identity.idempotency_keys
        where convert_from(response_body, 'UTF8') like '%Nothing to be seen%'";
    assert_eq!(app.count(kept).await, 0, "nobody's words are kept with an answer");
    assert_eq!(app.count("select count(*) from visitnow.tickets").await, 9);
}

#[tokio::test]
async fn lists_of_tickets_refuse_what_they_do_not_know() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    for path in [PATH, ALL] {
        for query in [
            "number=",
            "number=%25",
            "number=_",
            "status=x",
            "priority=x",
            "cursor=x",
            "limit=0",
            "q=1",
        ] {
            let refused = keeper.get(&format!("{path}?{query}")).await;
            assert_eq!(refused.status, 400, "{path} {query}");
        }
    }
}

#[tokio::test]
async fn whoever_is_no_administrator_any_more_lists_nothing() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    given_ticket(&ann, "a").await;
    assert_eq!(subjects(&keeper, ALL).await, "a");
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", keeper.id)).await;
    for query in ["", "?status=open", "?number=VN"] {
        assert_eq!(
            subjects(&keeper, &format!("{ALL}{query}")).await,
            "",
            "whoever was one sees none"
        );
    }
}
