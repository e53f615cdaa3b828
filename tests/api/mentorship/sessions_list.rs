use serde_json::{Value, json};

use super::sessions::{PATH, People, given_session, people};
use crate::support::{Caller, TestApp, User};

/// The titles of all pages of this size.
async fn titles(user: &User<'_>, query: &str, limit: usize) -> Vec<String> {
    let found = user.all(&format!("{PATH}?{query}"), limit).await;
    found.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

/// A session with this title in this status, so many days from now.
async fn given(mentor: &User<'_>, mentee: &User<'_>, title: &str, status: &str, days: i32) {
    let place = given_session(mentor, mentee, status, days).await;
    let (_, id) = place.rsplit_once('/').unwrap();
    let update = format!("update mentorship.sessions set title = '{title}' where id = '{id}'");
    mentor.app.execute(&format!("set session_replication_role = replica; {update}")).await;
}

#[tokio::test]
async fn sessions_of_either_side_are_listed_latest_first_and_filtered() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    given(&eve, &ned, "a", "confirmed", 3).await;
    given(&mia, &eve, "b", "proposed", -1).await;
    given(&eve, &ned, "c", "rejected", 1).await;
    given(&mia, &eve, "d", "completed", -5).await;
    given(&eve, &ned, "e", "cancelled", 9).await;
    given(&mia, &eve, "f", "confirmed", 2).await;
    given(&mia, &ned, "z", "confirmed", 2).await;
    let day = |days: i64| {
        (chrono::Utc::now() + chrono::TimeDelta::hours(24 * days - 12)).format("%FT%TZ")
    };
    for (query, expected) in [
        (String::new(), "eafcbd"),
        ("role=mentor".into(), "eac"),
        ("role=mentee".into(), "fbd"),
        ("status=confirmed".into(), "af"),
        ("status=confirmed,rejected&status=completed".into(), "afcd"),
        ("role=mentee&status=confirmed".into(), "f"),
        (format!("from={}", day(2)), "eaf"),
        (format!("to={}", day(2)), "cbd"),
        (format!("from={}&to={}", day(0), day(3)), "fc"),
        (format!("from={}&to={}", day(-1), day(3)), "fcb"),
        (format!("from={}&to={}", day(3), day(0)), ""),
        ("upcoming=false&role=mentor".into(), "eac"),
        ("upcoming=true".into(), "fa"),
        ("upcoming=true&role=mentor".into(), "a"),
        ("upcoming=true&status=proposed".into(), ""),
        (format!("upcoming=true&from={}", day(3)), "a"),
    ] {
        for limit in [1, 2, 100] {
            assert_eq!(titles(&eve, &query, limit).await.concat(), expected, "{query} by {limit}");
        }
    }
    assert_eq!(titles(&ned, "", 1).await.concat(), "eazc");
    assert_eq!(titles(&ada, "", 1).await.concat(), "");
}

#[tokio::test]
async fn upcoming_are_the_open_ones_that_have_not_begun() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let statuses = [
        "pending",
        "proposed",
        "requested",
        "confirmed",
        "rescheduled",
        "rejected",
        "completed",
        "cancelled",
    ];
    for (day, status) in (1..).zip(statuses) {
        given_session(&mia, &ned, status, day).await;
        given_session(&mia, &ned, status, -day).await;
    }
    for person in [&mia, &ned] {
        for limit in [1, 2, 5, 100] {
            assert_eq!(titles(person, "upcoming=true", limit).await, statuses[..5]);
        }
        assert_eq!(titles(person, "", 7).await.len(), 16);
    }
}

#[tokio::test]
async fn sessions_at_the_same_time_are_paged_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let People { mia, eve, ned, .. } = people(&app).await;
    for title in ["a", "b", "c", "d", "e", "f"] {
        given(&mia, &eve, title, "confirmed", 1).await;
        given(&eve, &ned, &title.to_uppercase(), "confirmed", 1).await;
    }
    app.execute("update mentorship.sessions set date = '2031-01-01T00:00:00Z'").await;
    for limit in [1, 3, 5] {
        assert_eq!(titles(&eve, "", limit).await.concat(), "FfEeDdCcBbAa");
        assert_eq!(titles(&eve, "upcoming=true", limit).await.concat(), "aAbBcCdDeEfF");
    }
}

#[tokio::test]
async fn list_refuses_parameters_that_are_none_of_its() {
    let app = TestApp::new().await;
    let People { mia, .. } = people(&app).await;
    for bad in [
        "status=done",
        "role=admin",
        "role=mentor&role=mentee",
        "from=today",
        "to=2200-01-01T00:00:00Z",
        "upcoming=maybe",
        "limit=0",
        "limit=101",
        "cursor=x",
        "mentorId=1",
    ] {
        assert_eq!(
            mia.get(&format!("{PATH}?{bad}")).await.brief().to_string().split(' ').next(),
            Some("400"),
            "{bad}"
        );
    }
    assert_eq!(mia.get(PATH).await.ok(200), json!({"items": [], "nextCursor": Value::Null}));
}
