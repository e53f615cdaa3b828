use serde_json::{Value, json};

use super::people::{refresh, with_password};
use crate::support::{Caller, TestApp};

const MINE: &str = "/v1/me/roles";

fn names(page: &Value) -> Vec<String> {
    let mut names: Vec<String> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}:{}", one["domain"].as_str().unwrap(), one["role"].as_str().unwrap()))
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn users_take_and_give_up_what_they_may_take_on_their_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let taken = ann.put("/v1/me/roles/mentorship/mentor", &json!({})).await.ok(200);
    assert_eq!((&taken["domain"], &taken["role"]), (&json!("mentorship"), &json!("mentor")));
    assert_eq!(taken["selfTaken"], true);
    let again = ann.put("/v1/me/roles/mentorship/mentor", &json!({})).await.ok(200);
    assert_eq!(again, taken);
    let roles = ["coach:USER", "mentorship:mentor", "migratio:user"];
    assert_eq!(names(&ann.get(MINE).await.ok(200)), roles);
    assert_eq!(names(&bob.get(MINE).await.ok(200)), ["coach:USER", "migratio:user"]);
    assert_eq!(bob.delete("/v1/me/roles/mentorship/mentor").await.brief(), "404 not-found");
    assert_eq!(ann.delete("/v1/me/roles/mentorship/mentor").await.status, 204);
    assert_eq!(names(&ann.get(MINE).await.ok(200)), ["coach:USER", "migratio:user"]);
}

#[tokio::test]
async fn no_user_takes_what_administrators_give() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for role in [
        "platform/admin",
        "coach/ADMIN",
        "smatrx/verifier",
        "visitnow/staff",
        "migratio/consultant",
    ] {
        let place = format!("{MINE}/{role}");
        assert_eq!(ann.put(&place, &json!({})).await.brief(), "403 forbidden", "{role}");
    }
    for role in ["coach/user", "coach/nothing", "nowhere/USER", "smatrx/mentor", "coach/%00"] {
        let place = format!("{MINE}/{role}");
        assert!([404, 422].contains(&ann.put(&place, &json!({})).await.status), "{role}");
    }
    assert_eq!(names(&ann.get(MINE).await.ok(200)), ["coach:USER", "migratio:user"]);
}

#[tokio::test]
async fn a_role_that_was_given_is_not_given_up() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.admin().await);
    for role in ["smatrx/verifier", "visitnow/doctor"] {
        admin.put(&format!("/v1/users/{}/roles/{role}", ann.id), &json!({})).await.ok(200);
        // Taking it changes nothing either.
        ann.put(&format!("{MINE}/{role}"), &json!({})).await;
        assert_eq!(ann.delete(&format!("{MINE}/{role}")).await.brief(), "403 forbidden");
    }
}

#[tokio::test]
async fn a_role_counts_from_the_next_refresh_on() {
    let app = TestApp::new().await;
    let (mut ann, token) = with_password(&app, "ann").await;
    let admin = app.admin().await;
    let place = format!("/v1/users/{}/roles/platform/admin", ann.id);
    let granted = admin.put(&place, &json!({})).await.ok(200);
    assert_eq!(granted["selfTaken"], false);
    assert_eq!(ann.get("/v1/users").await.brief(), "403 forbidden");
    let tokens = refresh(app.anonymous(), &token).await.ok(200);
    ann.token = tokens["accessToken"].as_str().unwrap().to_owned();
    ann.get("/v1/users").await.ok(200);
}

#[tokio::test]
async fn administrators_give_and_take_any_role() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.admin().await);
    let place = format!("/v1/users/{}/roles", ann.id);
    for role in ["coach/ADMIN", "smatrx/verifier", "mentorship/mentor"] {
        let given = admin.put(&format!("{place}/{role}"), &json!({})).await.ok(200);
        let again = admin.put(&format!("{place}/{role}"), &json!({})).await.ok(200);
        assert_eq!(given, again);
        assert_eq!(given["selfTaken"], false);
    }
    assert_eq!(names(&admin.get(&place).await.ok(200)).len(), 5);
    let by = "select count(*) from identity.role_grants as held
        join identity.users as giver on giver.id = held.granted_by where giver.email = 'admin@example.com'";
    assert_eq!(app.count(by).await, 3);
    assert_eq!(admin.delete(&format!("{place}/coach/ADMIN")).await.status, 204);
    assert_eq!(admin.delete(&format!("{place}/coach/ADMIN")).await.brief(), "404 not-found");
    // What somebody took themselves, too.
    assert_eq!(admin.delete(&format!("{place}/coach/USER")).await.status, 204);
    assert_eq!(
        names(&ann.get(MINE).await.ok(200)),
        ["mentorship:mentor", "migratio:user", "smatrx:verifier"]
    );
}

#[tokio::test]
async fn unknown_users_and_roles_are_not_found() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.admin().await);
    let nobody = "/v1/users/00000000-0000-7000-8000-000000000000/roles";
    assert_eq!(
        admin.put(&format!("{nobody}/coach/ADMIN"), &json!({})).await.brief(),
        "404 not-found"
    );
    assert_eq!(admin.delete(&format!("{nobody}/coach/ADMIN")).await.brief(), "404 not-found");
    assert_eq!(admin.get(nobody).await.brief(), "404 not-found");
    let place = format!("/v1/users/{}/roles/coach/BOSS", ann.id);
    assert_eq!(admin.put(&place, &json!({})).await.brief(), "404 not-found");
}

#[tokio::test]
async fn only_administrators_of_the_platform_give_roles() {
    let app = TestApp::new().await;
    let ann = app.user_with_roles("ann", &["coach:ADMIN", "migratio:admin"]).await;
    let place = format!("/v1/users/{}/roles", ann.id);
    let admin = format!("{place}/platform/admin");
    assert_eq!(ann.put(&admin, &json!({})).await.brief(), "403 forbidden");
    assert_eq!(ann.delete(&admin).await.brief(), "403 forbidden");
    assert_eq!(ann.get(&place).await.brief(), "403 forbidden");
    assert_eq!(app.anonymous().put(&admin, &json!({})).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn an_administrator_does_not_lock_themselves_out() {
    let app = TestApp::new().await;
    let (admin, other) =
        (app.admin().await, app.user_with_roles("other", &["platform:admin"]).await);
    let mine = format!("/v1/users/{}/roles/platform/admin", admin.id);
    assert_eq!(admin.delete(&mine).await.brief(), "409 conflict");
    assert_eq!(other.delete(&mine).await.status, 204);
}

#[tokio::test]
async fn the_same_role_taken_many_times_at_once_is_one_grant() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let nothing = json!({});
    let takes = (0..8).map(|_| ann.put("/v1/me/roles/visitnow/patient", &nothing));
    let answers = futures_util::future::join_all(takes).await;
    assert!(answers.iter().all(|answer| answer.id() == answers[0].id()), "{answers:?}");
    assert_eq!(names(&ann.get(MINE).await.ok(200)).len(), 3);
}
