use serde_json::{Value, json};

use super::profiles;
use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/mentorship/mentors";

async fn person<'a>(app: &'a TestApp, name: &str, role: &str, profile: &Value) -> User<'a> {
    let user = app.user_with_roles(name, &[&format!("mentorship:{role}")]).await;
    user.put(profiles::PATH, profile).await.ok(201);
    user.patch("/v1/me", &json!({"displayName": name})).await.ok(200);
    user
}

async fn names(reader: &User<'_>, query: &str) -> String {
    let found = reader.all(&format!("{PATH}{query}"), 1).await;
    found.iter().map(|mentor| mentor["displayName"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn mentors_are_ranked_by_what_they_share_and_then_by_the_time_that_suits_both() {
    let app = TestApp::new().await;
    let monday = |start: &str, end: &str, zone: &str| json!([{"weekday": "monday", "start": start, "end": end, "timeZone": zone}]);
    person(&app, "none", "mentor", &json!({"maxMenteeCapacity": 1, "skills": ["Go", "go", "GO"]}))
        .await;
    person(
        &app,
        "two",
        "mentor",
        &json!({"maxMenteeCapacity": 1, "skills": ["RUST"], "interests": ["teaching"]}),
    )
    .await;
    person(&app, "one", "mentor", &json!({"maxMenteeCapacity": 1, "skills": ["rust", "Rust"]}))
        .await;
    person(&app, "later", "mentor", &json!({
        "maxMenteeCapacity": 3, "interests": ["Teaching", "Cats"], "availability": monday("08:00", "10:00", "Europe/Berlin"),
    })).await;
    let profile = json!({
        "skills": ["Rust", "C"], "interests": ["Teaching"], "availability": monday("08:30", "12:00", "UTC"),
    });
    let ned = person(&app, "ned", "mentee", &profile).await;
    assert_eq!(names(&ned, "").await, "two later one none");
    let found = ned.get(&format!("{PATH}?interest=CATS")).await.ok(200);
    assert_holds(
        &found["items"][0],
        &json!({
            "sharedSkills": [], "sharedInterests": ["Teaching"], "overlappingMinutes": 30, "placesLeft": 3,
        }),
    );
    let found = ned.get(&format!("{PATH}?skill=rust&interest=teaching")).await.ok(200);
    assert_holds(
        &found["items"][0],
        &json!({"displayName": "two", "sharedSkills": ["RUST"], "overlappingMinutes": 0}),
    );
    for hidden in ["first", "shared", "goals", "email"] {
        assert!(found["items"][0].get(hidden).is_none(), "{hidden}");
    }
}

#[tokio::test]
async fn only_active_mentors_who_accept_and_have_a_place_are_found() {
    let app = TestApp::new().await;
    let place = json!({"maxMenteeCapacity": 1});
    let mia = person(&app, "mia", "mentor", &place).await;
    person(&app, "ned", "mentee", &place).await;
    person(
        &app,
        "closed",
        "mentor",
        &json!({"maxMenteeCapacity": 1, "acceptingNewMentees": false}),
    )
    .await;
    person(&app, "small", "mentor", &json!({"maxMenteeCapacity": 0})).await;
    let gone = person(&app, "gone", "mentor", &place).await;
    let eve = app.user_with_roles("eve", &["mentorship:mentee"]).await;
    app.execute(&format!(
        "update identity.users set status = 'suspended' where id = '{}'",
        gone.id
    ))
    .await;
    assert_eq!(names(&eve, "").await, "mia");
    assert_eq!(names(&mia, "").await, "", "nobody mentors themselves");
    let asked = eve.post("/v1/mentorship/matches", &json!({"mentorId": mia.id})).await.ok(201);
    let approve = format!("/v1/mentorship/matches/{}/approve", asked["id"].as_str().unwrap());
    app.user_with_roles("ada", &["mentorship:admin"])
        .await
        .post(&approve, &json!({}))
        .await
        .ok(200);
    assert_eq!(names(&eve, "").await, "");
    assert_eq!(app.anonymous().get(PATH).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn new_mothers_see_first_who_supports_them() {
    let app = TestApp::new().await;
    let shares = json!({"maxMenteeCapacity": 1, "skills": ["Rust"]});
    let supports = json!({"maxMenteeCapacity": 1, "supportsNewMothers": true});
    person(&app, "shares", "mentor", &shares).await;
    person(&app, "supports", "mentor", &supports).await;
    let noor = person(&app, "noor", "new_mother", &json!({"skills": ["Rust"]})).await;
    let ned = person(&app, "ned", "mentee", &json!({"skills": ["Rust"]})).await;
    assert_eq!(names(&noor, "").await, "supports shares");
    assert_eq!(names(&ned, "").await, "shares supports");
    assert_eq!(names(&ned, "?supportsNewMothers=true").await, "supports");
    assert_eq!(names(&noor, "?supportsNewMothers=false").await, "shares");
}

#[tokio::test]
async fn mentors_are_found_by_skills_interests_and_expertise_whatever_the_case() {
    let app = TestApp::new().await;
    let ann = json!({"maxMenteeCapacity": 1, "skills": ["C++", "Rust"], "interests": ["Chess"], "areaOfExpertise": "100% Kernels"});
    person(&app, "ann", "mentor", &ann).await;
    let bob = json!({"maxMenteeCapacity": 1, "skills": ["rust"], "areaOfExpertise": "Databases, 1000 of them"});
    person(&app, "bob", "mentor", &bob).await;
    let eve = app.user("eve").await;
    for (query, expected) in [
        ("?skill=RUST", "bob ann"),
        ("?skill=rust,c%2B%2B", "ann"),
        ("?skill=rust&skill=go", ""),
        ("?interest=chess", "ann"),
        ("?skill=rust&interest=chess", "ann"),
        ("?expertise=data", "bob"),
        ("?expertise=100%25", "ann"),
        ("?expertise=_", ""),
        ("?skill=rust&expertise=KERNEL", "ann"),
        ("?skill=rust&supportsNewMothers=true", ""),
    ] {
        assert_eq!(names(&eve, query).await, expected, "{query}");
    }
    for (query, status) in [
        ("?skill=%00", 422),
        ("?expertise=", 400),
        ("?limit=0", 400),
        ("?cursor=x", 400),
        ("?x=1", 400),
    ] {
        let status_of = eve.get(&format!("{PATH}{query}")).await.status;
        assert!([status, 400, 422].contains(&status_of), "{query}: {status_of}");
    }
}

#[tokio::test]
async fn hours_are_compared_over_the_end_of_the_week() {
    let app = TestApp::new().await;
    let slot = |day: &str, start: &str, end: &str, zone: &str| json!({"weekday": day, "start": start, "end": end, "timeZone": zone});
    // Monday morning in Tokyo is Sunday night in UTC.
    let monday = json!([slot("monday", "00:00", "10:00", "Asia/Tokyo")]);
    person(&app, "tokyo", "mentor", &json!({"maxMenteeCapacity": 1, "availability": monday})).await;
    let ends =
        json!([slot("sunday", "23:00", "24:00", "UTC"), slot("monday", "00:00", "00:30", "UTC")]);
    let ned = person(&app, "ned", "mentee", &json!({"availability": ends})).await;
    assert_eq!(ned.get(PATH).await.ok(200)["items"][0]["overlappingMinutes"], 90);
}
