use trellis::identity::admin::{AdminError, Created, create_admin};

use super::people::{PASSWORD, login, with_password};
use crate::support::{Caller, TestApp};

async fn create(app: &TestApp, email: &str, password: Option<&str>) -> Result<Created, AdminError> {
    let mut conn = app.app.pool.get().await.unwrap();
    create_admin(&mut conn, &app.app.passwords, email, password.map(str::to_owned)).await
}

/// Whether this login may see the users.
async fn administers(app: &TestApp, name: &str, password: &str) -> bool {
    let tokens = login(app.anonymous(), name, password).await.ok(200);
    let token = format!("Bearer {}", tokens["accessToken"].as_str().unwrap());
    let header = ("authorization", token.as_str());
    app.anonymous().send(reqwest::Method::GET, "/v1/users", header, None).await.status == 200
}

#[tokio::test]
async fn the_first_administrator_signs_in_with_the_password_that_was_made() {
    let app = TestApp::new().await;
    let made = create(&app, "root@example.com", None).await.unwrap();
    assert!(made.is_new);
    let password = made.password.unwrap();
    assert!(administers(&app, "root@example.com", &password).await);
    assert_eq!(
        app.count("select count(*) from identity.users where email_verified_at is not null").await,
        1
    );
}

#[tokio::test]
async fn making_the_same_administrator_again_changes_nothing() {
    let app = TestApp::new().await;
    let first = create(&app, "root@example.com", Some(PASSWORD)).await.unwrap();
    assert!(first.password.is_none());
    let again = create(&app, "Root@Example.com", Some("another long sentence")).await.unwrap();
    assert_eq!((again.id, again.is_new, again.password.is_some()), (first.id, false, false));
    assert!(administers(&app, "root@example.com", PASSWORD).await);
}

#[tokio::test]
async fn an_account_that_is_there_gets_the_role() {
    let app = TestApp::new().await;
    with_password(&app, "ann").await;
    assert!(!administers(&app, "ann@example.com", PASSWORD).await);
    assert!(!create(&app, "ann@example.com", None).await.unwrap().is_new);
    assert!(administers(&app, "ann@example.com", PASSWORD).await);
}

#[tokio::test]
async fn who_took_an_administrators_address_unproven_does_not_become_one() {
    let app = TestApp::new().await;
    with_password(&app, "eve").await;
    for unfit in ["email_verified_at = null", "email_verified_at = now(), status = 'suspended'"] {
        app.execute(&format!("update identity.users set {unfit}")).await;
        let refused = create(&app, "eve@example.com", None).await;
        assert!(matches!(refused, Err(AdminError::Unfit)), "{refused:?}");
    }
    assert_eq!(
        app.count("select count(*) from identity.role_grants where role_code = 'admin'").await,
        0
    );
}

#[tokio::test]
async fn administrators_made_at_once_are_one() {
    let app = TestApp::new().await;
    let made = futures_util::future::join_all(
        (0..4).map(|_| create(&app, "root@example.com", Some(PASSWORD))),
    )
    .await;
    assert_eq!(
        made.iter().filter(|one| one.as_ref().is_ok_and(|one| one.is_new)).count(),
        1,
        "{made:?}"
    );
    assert!(made.iter().all(|one| matches!(one, Ok(_) | Err(AdminError::Busy))), "{made:?}");
    assert!(administers(&app, "root@example.com", PASSWORD).await);
}

#[tokio::test]
async fn a_weak_password_or_no_address_is_refused() {
    let app = TestApp::new().await;
    assert!(matches!(
        create(&app, "root@example.com", Some("password")).await,
        Err(AdminError::Weak(_))
    ));
    assert!(matches!(create(&app, "root", None).await, Err(AdminError::Email)));
    assert_eq!(app.count("select count(*) from identity.users").await, 0);
}
