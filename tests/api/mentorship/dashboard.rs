use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    direct_messages::{connect, write},
    reported_issues::given_issue,
    resources::keeper,
    sessions,
};
use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/mentorship/dashboard";

async fn screen(user: &User<'_>) -> Value {
    user.get(PATH).await.ok(200)
}

/// What waits for somebody's answer.
async fn pending(user: &User<'_>, what: &str) -> Value {
    screen(user).await["pending"][what].clone()
}

/// A session of the two, so many hours from now; its id. Whoever put it to another date may be named.
async fn session(sides: [&User<'_>; 2], status: &str, hours: i32, by: Option<Uuid>) -> Uuid {
    let [mentor, mentee] = sides.map(|side| side.id);
    let id = Uuid::now_v7();
    let by = by.map_or("null".to_owned(), |by| format!("'{by}'"));
    sides[0]
        .app
        .execute(&format!(
            "set session_replication_role = replica;
             insert into mentorship.sessions
               (id, mentor_id, mentee_id, title, date, duration, status, meeting_link, proposed_date, proposed_by)
             values ('{id}', '{mentor}', '{mentee}', '{status} {hours}', now() + interval '{hours} hours', 45,
               '{status}', 'https://meet.example/1', now() + interval '1 day', {by})"
        ))
        .await;
    id
}

/// An action item in a session, due in so many hours, if at all.
async fn item(app: &TestApp, session: Uuid, to: &User<'_>, title: &str, status: &str, due: &str) {
    app.execute(&format!(
        "set session_replication_role = replica;
         insert into mentorship.action_items (session_id, assigned_to_id, created_by_id, title, status, due_date)
         values ('{session}', '{}', '{}', '{title}', '{status}', {due})",
        to.id, to.id
    ))
    .await;
}

fn texts(list: &Value, field: &str) -> Vec<String> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| item[field].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn dashboard_of_a_newcomer_is_empty() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let mut empty = json!({
        "upcomingSessions": [], "openActionItemsCount": 0, "openActionItems": [],
        "unreadMessages": 0,
        "pending": {
            "sessions": 0, "connections": 0, "proxyRequests": 0, "matches": null, "issues": null,
        },
    });
    assert_eq!(screen(&ann).await, empty);
    empty["pending"]["matches"] = json!(0);
    empty["pending"]["issues"] = json!(0);
    assert_eq!(screen(&keeper).await, empty);
    assert_eq!(app.anonymous().get(PATH).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn dashboard_shows_the_next_five_sessions_of_either_side() {
    let app = TestApp::new().await;
    let (ann, bob, carla) = (app.user("ann").await, app.user("bob").await, app.user("carla").await);
    bob.patch("/v1/me", &json!({"displayName": "Bob B."})).await.ok(200);
    let first = session([&ann, &bob], "confirmed", 1, None).await;
    for (sides, status, hours) in [
        ([&carla, &ann], "proposed", 2),
        ([&ann, &carla], "requested", 3),
        ([&carla, &ann], "rescheduled", 4),
        ([&ann, &bob], "pending", 5),
        ([&carla, &ann], "confirmed", 6),
        ([&ann, &bob], "confirmed", 7),
        ([&ann, &bob], "confirmed", -1),
        ([&ann, &bob], "rejected", 1),
        ([&bob, &ann], "cancelled", 1),
        ([&ann, &bob], "completed", 1),
        ([&carla, &bob], "confirmed", 1),
    ] {
        session(sides, status, hours, None).await;
    }
    let shown = screen(&ann).await["upcomingSessions"].clone();
    let wanted = ["confirmed 1", "proposed 2", "requested 3", "rescheduled 4", "pending 5"];
    assert_eq!(texts(&shown, "title"), wanted);
    assert_eq!(texts(&shown, "role"), ["mentor", "mentee", "mentor", "mentee", "mentor"]);
    let fields = json!({
        "id": first, "duration": 45, "status": "confirmed", "partnerId": bob.id,
        "partnerName": "Bob B.", "meetingLink": "https://meet.example/1",
    });
    assert_holds(&shown[0], &fields);
    assert!(shown[0]["date"].as_str() < shown[1]["date"].as_str());
    assert_eq!(
        (&shown[1]["partnerId"], &shown[1]["partnerName"]),
        (&json!(carla.id), &Value::Null)
    );
    let bobs = screen(&bob).await["upcomingSessions"].clone();
    assert_eq!(texts(&bobs, "role"), ["mentee"; 4]);
}

#[tokio::test]
async fn dashboard_shows_ten_open_action_items_by_due_date_and_counts_all() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let id = session([&ann, &bob], "completed", -5, None).await;
    item(&app, id, &bob, "not hers", "pending", "null").await;
    item(&app, id, &ann, "done", "completed", "now()").await;
    item(&app, id, &ann, "some day", "pending", "null").await;
    for number in (0..9).rev() {
        let status = if number % 2 == 0 { "pending" } else { "in_progress" };
        let due = format!("now() + interval '{} hours'", number - 3);
        item(&app, id, &ann, &number.to_string(), status, &due).await;
    }
    let shown = screen(&ann).await;
    let items = &shown["openActionItems"];
    let wanted = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "some day"];
    assert_eq!(texts(items, "title"), wanted);
    assert_holds(&items[1], &json!({"sessionId": id, "status": "in_progress"}));
    assert!(items[1]["dueDate"].is_string());
    assert_eq!((&items[9]["dueDate"], &shown["openActionItemsCount"]), (&Value::Null, &json!(10)));
    item(&app, id, &ann, "eleventh", "pending", "null").await;
    let shown = screen(&ann).await;
    assert_eq!(texts(&shown["openActionItems"], "title"), wanted);
    assert_eq!(shown["openActionItemsCount"], 11);
    assert_eq!(screen(&bob).await["openActionItemsCount"], 1);
}

#[tokio::test]
async fn dashboard_counts_unread_messages() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    connect(&ann, &bob).await;
    write(&bob, &ann, "one").await;
    ann.post(&format!("/v1/mentorship/messages/with/{}/read", bob.id), &json!({})).await.ok(200);
    write(&bob, &ann, "two").await;
    write(&bob, &ann, "three").await;
    write(&ann, &bob, "four").await;
    assert_eq!(screen(&ann).await["unreadMessages"], 2);
    assert_eq!(screen(&bob).await["unreadMessages"], 1);
}

#[tokio::test]
async fn dashboard_counts_the_sessions_that_wait_for_ones_answer() {
    let app = TestApp::new().await;
    let (mentor, mentee) = (app.user("mentor").await, app.user("mentee").await);
    let bystander = app.user("bystander").await;
    for (status, by, mentors, mentees) in [
        ("pending", None, 0, 0),
        ("proposed", None, 0, 1),
        ("requested", None, 1, 0),
        ("rescheduled", Some(mentor.id), 0, 1),
        ("rescheduled", Some(mentee.id), 1, 0),
        ("confirmed", Some(mentor.id), 0, 0),
        ("rejected", Some(mentor.id), 0, 0),
        ("cancelled", None, 0, 0),
        ("completed", None, 0, 0),
    ] {
        app.execute("delete from mentorship.sessions").await;
        session([&mentor, &mentee], status, 5, by).await;
        for (user, wanted) in [(&mentor, mentors), (&mentee, mentees), (&bystander, 0)] {
            assert_eq!(pending(user, "sessions").await, wanted, "{status}: {}", user.email);
        }
    }
    app.execute("delete from mentorship.sessions").await;
    session([&mentor, &mentee], "requested", 5, None).await;
    session([&mentee, &mentor], "proposed", -5, None).await;
    assert_eq!(pending(&mentor, "sessions").await, 2, "as either side");
}

#[tokio::test]
async fn dashboard_counts_requests_received() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let (carla, dora) = (app.user("carla").await, app.user("dora").await);
    for (from, to, status) in [
        (&bob, &ann, "pending"),
        (&carla, &ann, "accepted"),
        (&dora, &ann, "rejected"),
        (&carla, &bob, "pending"),
    ] {
        let (from, to) = (from.id, to.id);
        app.execute(&format!(
            "set session_replication_role = replica;
             insert into mentorship.user_connections (requester_id, receiver_id, status)
             values ('{from}', '{to}', '{status}');
             insert into mentorship.proxy_requests (mother_id, proxy_id, status, start_date, expected_end_date)
             values ('{from}', '{to}', '{status}', '2026-01-01', '2026-02-01')"
        ))
        .await;
    }
    for (user, wanted) in [(&ann, 1), (&bob, 1), (&carla, 0), (&dora, 0)] {
        assert_eq!(pending(user, "connections").await, wanted, "{}", user.email);
        assert_eq!(pending(user, "proxyRequests").await, wanted, "{}", user.email);
    }
}

#[tokio::test]
async fn dashboard_counts_matches_and_issues_for_administrators_alone() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let (bob, carla) = (app.user("bob").await, app.user("carla").await);
    for (mentee, status) in [(&ann, "pending"), (&carla, "approved"), (&keeper, "rejected")] {
        app.execute(&format!(
            "set session_replication_role = replica;
             insert into mentorship.matches (mentor_id, mentee_id, status)
             values ('{}', '{}', '{status}')",
            bob.id, mentee.id
        ))
        .await;
    }
    let begun = given_issue(&ann, "begun").await;
    given_issue(&ann, "open").await;
    given_issue(&bob, "open").await;
    keeper.post(&format!("{begun}/start"), &json!({})).await.ok(200);
    assert_eq!(pending(&keeper, "matches").await, 1);
    assert_eq!(pending(&keeper, "issues").await, 2);
    let elsewhere = app.user_with_roles("other", &["platform:admin", "coach:ADMIN"]).await;
    for user in [&ann, &bob, &elsewhere] {
        assert_eq!(pending(user, "matches").await, Value::Null, "{}", user.email);
        assert_eq!(pending(user, "issues").await, Value::Null, "{}", user.email);
    }
}

#[tokio::test]
async fn what_waits_for_administrators_is_counted_to_a_thousand() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    for (more, wanted) in [(999, 999), (1, 1000), (1, 1000)] {
        app.execute(&format!(
            "insert into mentorship.reported_issues (title, description)
             select 'x', 'x' from generate_series(1, {more})"
        ))
        .await;
        assert_eq!(pending(&keeper, "issues").await, wanted);
    }
}

#[tokio::test]
async fn what_is_past_waits_for_nobody() {
    let app = TestApp::new().await;
    let people = sessions::people(&app).await;
    for (status, waits) in
        [("proposed", &people.ned), ("requested", &people.mia), ("rescheduled", &people.ned)]
    {
        let before = pending(waits, "sessions").await.as_i64().unwrap();
        sessions::given_session(&people.mia, &people.ned, status, -1).await;
        assert_eq!(pending(waits, "sessions").await, before, "{status}");
        sessions::given_session(&people.mia, &people.ned, status, 1).await;
        assert_eq!(pending(waits, "sessions").await, before + 1, "{status}");
    }
}
