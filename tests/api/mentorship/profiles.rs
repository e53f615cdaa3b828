use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, assert_holds};

pub const PATH: &str = "/v1/mentorship/profile";

fn slot(weekday: &str, start: &str, end: &str, zone: &str) -> Value {
    json!({"weekday": weekday, "start": start, "end": end, "timeZone": zone})
}

fn full() -> Value {
    json!({
        "department": "Gleisbau", "position": "Chief 🚂", "organization": "Northwind", "bio": "é".repeat(10_000),
        "skills": ["Rust", "PostgreSQL"], "interests": ["Teaching"], "goals": "Less mail.",
        "availability": [slot("monday", "00:00", "24:00", "UTC"), slot("sunday", "09:30", "09:31", "Asia/Kolkata")],
        "yearsOfExperience": "11", "areaOfExpertise": "Databases", "mentorshipStyle": "Pairing",
        "preferredCommunication": "Chat", "maxMenteeCapacity": 50, "acceptingNewMentees": false,
        "supportsNewMothers": true,
    })
}

fn onboarding(step: &str) -> String {
    format!("{PATH}/onboarding/{step}")
}

#[tokio::test]
async fn a_profile_is_ones_own_and_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
    let made = ann.put(PATH, &full()).await;
    assert_holds(&made.ok(201), &full());
    assert_eq!(made.header("location"), PATH);
    assert_eq!(ann.get(PATH).await.ok(200), made.json());
    assert_eq!(bob.get(PATH).await.brief(), "404 not-found");
    assert_eq!(app.anonymous().get(PATH).await.brief(), "401 unauthenticated");

    let bare = ann.put(PATH, &json!({})).await.ok(200);
    assert_holds(
        &bare,
        &json!({
            "id": made.json()["id"], "goals": null, "skills": [], "availability": [], "maxMenteeCapacity": 0,
            "currentMenteeCount": 0, "acceptingNewMentees": true, "supportsNewMothers": false,
            "onboardingStatus": "not_started", "onboardingStep": 0, "onboardingCompletedAt": null,
        }),
    );
    assert_holds(&ann.patch(PATH, &full()).await.ok(200), &full());
    assert_eq!(ann.patch(PATH, &json!({"goals": null})).await.ok(200)["goals"], Value::Null);
}

#[tokio::test]
async fn a_profile_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, error) in [
        ("bio", json!("é".repeat(10_001)), "/bio length"),
        ("department", json!(""), "/department length"),
        ("position", json!("a\u{0}"), "/position nul"),
        ("skills", json!([""]), "/skills lines"),
        ("skills", json!(["x".repeat(201)]), "/skills lines"),
        ("interests", json!(vec!["x"; 101]), "/interests lines"),
        ("interests", json!(null), "/interests type"),
        ("maxMenteeCapacity", json!(51), "/maxMenteeCapacity range"),
        ("maxMenteeCapacity", json!(-1), "/maxMenteeCapacity range"),
        ("currentMenteeCount", json!(1), "/currentMenteeCount unknown_field"),
        ("onboardingStep", json!(5), "/onboardingStep unknown_field"),
        (
            "availability",
            json!(vec![slot("monday", "09:00", "10:00", "UTC"); 51]),
            "/availability length",
        ),
        (
            "availability",
            json!([slot("Monday", "09:00", "10:00", "UTC")]),
            "/availability/0/weekday type",
        ),
        (
            "availability",
            json!([slot("monday", "9:00", "10:00", "UTC")]),
            "/availability/0/start clock",
        ),
        (
            "availability",
            json!([slot("monday", "09:60", "10:00", "UTC")]),
            "/availability/0/start clock",
        ),
        (
            "availability",
            json!([slot("monday", "09:00", "24:01", "UTC")]),
            "/availability/0/end clock",
        ),
        (
            "availability",
            json!([slot("monday", "09:00", "9é:0", "UTC")]),
            "/availability/0/end clock",
        ),
        (
            "availability",
            json!([slot("monday", "10:00", "10:00", "UTC")]),
            "/availability/0/end order",
        ),
        (
            "availability",
            json!([slot("monday", "09:00", "10:00", "a b")]),
            "/availability/0/timeZone timezone",
        ),
        (
            "availability",
            json!([slot("monday", "09:00", "10:00", "Mars/Base")]),
            "/availability check",
        ),
    ] {
        let refused = ann.put(PATH, &json!({field: value})).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["{error}"]"#));
    }
    assert_eq!(ann.get(PATH).await.status, 404);
}

#[tokio::test]
async fn others_see_the_public_part_of_an_active_user_alone() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    ann.put(PATH, &full()).await.ok(201);
    ann.patch("/v1/me", &json!({"displayName": "Ann A."})).await.ok(200);
    let path = format!("/v1/mentorship/profiles/{}", ann.id);
    let seen = bob.get(&path).await;
    assert_holds(
        &seen.ok(200),
        &json!({
            "userId": ann.id, "displayName": "Ann A.", "position": "Chief 🚂", "skills": ["Rust", "PostgreSQL"],
            "availability": full()["availability"], "acceptingNewMentees": false, "supportsNewMothers": true,
        }),
    );
    for hidden in
        ["goals", "onboardingStep", "onboardingStatus", "email", "maxMenteeCapacity", "id"]
    {
        assert!(seen.json().get(hidden).is_none(), "{hidden}");
    }
    let unchanged =
        bob.send(reqwest::Method::GET, &path, ("if-none-match", seen.etag()), None).await;
    assert_eq!(unchanged.status, 304);
    assert_eq!(
        bob.get(&format!("/v1/mentorship/profiles/{}", bob.id)).await.brief(),
        "404 not-found"
    );
    assert_eq!(app.anonymous().get(&path).await.brief(), "401 unauthenticated");
    app.execute("update identity.users set status = 'suspended' where display_name = 'Ann A.'")
        .await;
    assert_eq!(bob.get(&path).await.brief(), "404 not-found");
}

#[tokio::test]
async fn onboarding_takes_five_steps_and_skips_none() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let skipped = ann.post(&onboarding("2"), &json!({})).await;
    assert_eq!(skipped.brief(), "409 conflict");
    assert_eq!(skipped.json()["detail"], "no step may be skipped; the next one is 1");
    assert_eq!(ann.get(PATH).await.status, 404);
    for step in 1..=5 {
        let taken = ann.post(&onboarding(&step.to_string()), &json!({})).await.ok(200);
        let status = if step == 5 { "completed" } else { "in_progress" };
        assert_holds(&taken, &json!({"onboardingStep": step, "onboardingStatus": status}));
        assert_eq!(taken["onboardingCompletedAt"].is_string(), step == 5);
        assert_eq!(ann.post(&onboarding("1"), &json!({})).await.ok(200), taken);
        let skipped = ann.post(&onboarding(&(step + 2).to_string()), &json!({})).await;
        assert_eq!(skipped.status, if step < 4 { 409 } else { 404 });
    }
    for none in ["0", "6", "255", "256", "-1", "x"] {
        assert!(
            [400, 404].contains(&ann.post(&onboarding(none), &json!({})).await.status),
            "{none}"
        );
    }
    assert_eq!(bob.get(PATH).await.status, 404);
    let kept = ann.put(PATH, &full()).await.ok(200);
    assert_holds(&kept, &json!({"onboardingStep": 5, "onboardingStatus": "completed"}));
}

#[tokio::test]
async fn one_of_many_parallel_steps_is_taken_and_none_is_lost() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for step in 1..=5 {
        let (path, nothing) = (onboarding(&step.to_string()), json!({}));
        let taken = join_all((0..10).map(|_| ann.post(&path, &nothing))).await;
        let taken: Vec<_> = taken.iter().map(|answer| answer.ok(200)).collect();
        assert!(taken.iter().all(|profile| *profile == taken[0]));
        assert_eq!(taken[0]["onboardingStep"], step);
    }
}

#[tokio::test]
async fn the_longest_skills_and_interests_are_kept() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    // Letters that no compression makes shorter: an index must take them.
    let letter = |seed: u32, at: u32| {
        char::from_u32(0x2_0000 + (seed * 7919 + at * 104_729) % 40_000).unwrap()
    };
    let texts: Vec<String> =
        (0..100).map(|seed| (0..200).map(|at| letter(seed, at)).collect()).collect();
    let profile = json!({"skills": texts, "interests": texts});
    assert_holds(&ann.put(PATH, &profile).await.ok(201), &profile);
}

#[tokio::test]
async fn only_time_zones_that_have_a_place_are_taken() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let at = |zone: &str| json!({"availability": [slot("monday", "09:00", "10:00", zone)]});
    for zone in [
        "UTC",
        "Europe/Lisbon",
        "America/Argentina/Buenos_Aires",
        "America/Port-au-Prince",
        "Etc/GMT+5",
    ] {
        assert!(ann.put(PATH, &at(zone)).await.status < 300, "{zone}");
    }
    for zone in [
        "FOO5",
        "UTC+2",
        "localtime",
        "posix/Europe/Berlin",
        "right/UTC",
        "EST5EDT",
        "/UTC",
        "Europe/",
        "A/B/",
    ] {
        let refused = ann.put(PATH, &at(zone)).await;
        assert_eq!(
            refused.brief(),
            r#"422 validation ["/availability/0/timeZone timezone"]"#,
            "{zone}"
        );
    }
    let unknown = ann.put(PATH, &at("Mars/Base")).await;
    assert_eq!(unknown.brief(), r#"422 validation ["/availability check"]"#);
}
