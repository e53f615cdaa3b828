use super::run;
use crate::support::TestApp;

#[tokio::test]
async fn reference_data_come_without_people() {
    let app = TestApp::new().await;
    let arguments = ["seed", "--reference", "--database-url", app.database_url.as_str()];
    let (status, said, stderr) = run(&arguments).await;
    assert_eq!(status, 0, "{stderr}");
    assert!(said.starts_with("Added ") && said.ends_with(" rows of reference data.\n"), "{said}");
    assert_eq!(run(&arguments).await.1, "The reference data were there already.\n");
    assert_eq!(app.count("select count(*) from identity.users").await, 0);
    assert_eq!(app.count("select count(*) from migratio.countries").await, 249);
}
