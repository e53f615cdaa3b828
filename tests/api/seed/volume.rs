use trellis::{
    identity::secrets::password::Passwords,
    seed::{self, VolumeReport},
};

use super::{assert_believable, sign_in};
use crate::support::{Caller, TestApp};

async fn volume(app: &TestApp, users: u32) -> VolumeReport {
    seed::volume(&app.database_url, users, &Passwords::default()).await.unwrap()
}

#[tokio::test]
async fn volume_is_believable_and_25_jobs_for_each_user() {
    let app = TestApp::new().await;
    let report = volume(&app, 50).await;
    assert_eq!((report.users, report.jobs), (50, 1250));
    assert_eq!(
        app.count("select count(*) from coach.status_changes").await.cast_unsigned(),
        report.status_changes
    );
    assert_eq!(
        app.count("select count(*) from coach.applications").await.cast_unsigned(),
        report.applications
    );
    assert_eq!(app.count("select count(*) from coach.user_profiles").await, 50);
    assert_eq!(app.count("select count(distinct status) from coach.jobs").await, 8);
    assert_eq!(app.count("select count(distinct status) from coach.applications").await, 5);
    assert_eq!(
        app.count("select count(*) from (select from coach.jobs group by user_id having count(*) = 25) as u").await,
        50
    );
    assert_believable(&app).await;
}

#[tokio::test]
async fn volume_reaches_back_two_years_and_ids_sort_by_time() {
    let app = TestApp::new().await;
    volume(&app, 300).await;
    for (older, sql) in [
        (0, "select count(*) from identity.users where created_at < now() - interval '731 days'"),
        (0, "select count(*) from coach.jobs where created_at > now()"),
        (
            0,
            "select count(*) from (select created_at, lag(created_at) over (order by id) as before
             from coach.jobs) as j where created_at < before",
        ),
        (0, "select count(*) from coach.jobs where substr(id::text, 15, 1) <> '7'"),
        (
            0,
            "select count(*) from coach.jobs join identity.users on users.id = user_id
             where jobs.created_at < users.created_at",
        ),
    ] {
        assert_eq!(app.count(sql).await, older, "{sql}");
    }
    let months = "select count(distinct date_trunc('month', created_at)) from coach.jobs";
    assert!(app.count(months).await >= 24);
}

#[tokio::test]
async fn volume_again_adds_more_users() {
    let app = TestApp::new().await;
    volume(&app, 3).await;
    app.execute("delete from identity.users where email = 'volume-2@example.com'").await;
    let (one, other) = tokio::join!(volume(&app, 2), volume(&app, 2));
    assert_eq!((one.users, other.users), (2, 2));
    assert_eq!(app.count("select count(*) from identity.users").await, 6);
    assert_eq!(
        app.count("select max(substring(email from '[0-9]+')::bigint) from identity.users").await,
        7
    );
}

#[tokio::test]
async fn volume_removes_what_an_interrupted_run_has_not_finished() {
    let app = TestApp::new().await;
    volume(&app, 4).await;
    for table in ["coach.applications", "coach.status_changes"] {
        app.execute(&format!(
            "delete from {table} using identity.users
             where users.id = user_id and email in ('volume-3@example.com', 'volume-4@example.com')"
        ))
        .await;
    }
    volume(&app, 3).await;
    let numbered = "select count(*) from identity.users where email ~ '^volume-[1-5]@'";
    assert_eq!(app.count(numbered).await, 5);
    assert_eq!(app.count("select count(*) from coach.jobs").await, 5 * 25);
    assert_believable(&app).await;
}

#[tokio::test]
async fn a_made_up_user_signs_in_and_pages_through_their_jobs() {
    let app = TestApp::new().await;
    volume(&app, 2).await;
    let (one, two) =
        (sign_in(&app, "volume-1@example.com").await, sign_in(&app, "volume-2@example.com").await);
    let jobs = one.all("/v1/coach/jobs", 10).await;
    assert_eq!(jobs.len(), 25);
    assert!(jobs.is_sorted_by(|a, b| a["id"].as_str() > b["id"].as_str()));
    assert!(jobs.is_sorted_by(|a, b| a["createdAt"].as_str() >= b["createdAt"].as_str()));
    for job in &jobs {
        let place = format!("/v1/coach/jobs/{}", job["id"].as_str().unwrap());
        one.get(&place).await.ok(200);
        assert_eq!(two.get(&place).await.brief(), "404 not-found");
    }
    one.get("/v1/coach/profile").await.ok(200);
    one.all("/v1/coach/applications", 5).await;
}

#[tokio::test]
async fn seeding_leaves_the_audit_log_alone_and_auditing_on() {
    let app = TestApp::new().await;
    volume(&app, 1).await;
    assert_eq!(
        app.count("select count(*) from audit.logs where entity_type = 'coach.jobs'").await,
        0
    );
    app.execute("update coach.jobs set priority = 6 - priority where priority <> 3").await;
    assert!(
        app.count("select count(*) from audit.logs where entity_type = 'coach.jobs'").await > 0
    );
}
