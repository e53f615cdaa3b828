use super::run;
use crate::support::TestApp;

#[tokio::test]
async fn dry_run_lists_what_is_pending_and_changes_nothing() {
    let url = TestApp::empty_database().await;
    let dry = ["migrate", "--dry-run", "--database-url", url.as_str()];
    let (status, before, stderr) = run(&dry).await;
    assert_eq!(status, 0, "{stderr}");
    assert!(before.starts_with("pending V1__foundation\npending V2__audit\n"), "{before}");
    assert_eq!(run(&dry).await.1, before);

    let (status, applied, stderr) = run(&["migrate", "--database-url", &url]).await;
    assert_eq!(status, 0, "{stderr}");
    assert_eq!(applied, before.replace("pending", "applied"));
    assert_eq!(run(&dry).await.1, "nothing pending\n");
    assert_eq!(run(&["migrate", "--database-url", &url]).await.1, "nothing pending\n");
}

#[tokio::test]
async fn two_at_once_migrate_an_empty_database_once() {
    let url = TestApp::empty_database().await;
    let arguments = ["migrate", "--database-url", url.as_str()];
    let (one, two) = tokio::join!(run(&arguments), run(&arguments));
    assert_eq!((one.0, two.0), (0, 0), "{} {}", one.2, two.2);
    let mut said = [one.1, two.1];
    said.sort();
    assert!(said[0].starts_with("applied V1__foundation"), "{said:?}");
    assert_eq!(said[1], "nothing pending\n");
}
