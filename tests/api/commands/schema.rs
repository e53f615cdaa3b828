use std::fs;

use super::run;
use crate::{
    database::local::Scratch,
    support::{TestApp, source},
};

#[tokio::test]
async fn schema_draws_what_the_migrations_make_with_a_database_and_without() {
    let url = TestApp::database().await;
    let (given, own) = (["schema", "--database-url", &url], ["schema"]);
    let (given, own) = tokio::join!(run(&given), run(&own));
    assert_eq!((given.0, own.0), (0, 0), "{} {}", given.2, own.2);
    assert!(own.1.contains("%% coach\nerDiagram\n"), "{}", own.1);
    assert_eq!(given.1, own.1);
}

#[tokio::test]
async fn schema_brings_a_file_up_to_date_and_touches_nothing_but_its_places() {
    let scratch = Scratch::new("schema");
    let url = TestApp::database().await;
    let known = fs::read_to_string(source::root().join("docs/schema.md")).unwrap();
    let file = scratch.data();
    let path = file.to_str().unwrap().to_owned();
    let arguments = ["schema", &path, "--database-url", &url];
    fs::write(&file, known.replace("erDiagram", "what was there")).unwrap();
    for said in ["is up to date now\n", "is up to date\n"] {
        let (status, stdout, stderr) = run(&arguments).await;
        assert_eq!((status, stdout), (0, format!("{path} {said}")), "{stderr}");
        assert_eq!(fs::read_to_string(&file).unwrap(), known);
    }

    fs::write(&file, "# No places\n").unwrap();
    let (status, stdout, stderr) = run(&arguments).await;
    assert_eq!((status, stdout.as_str(), stderr.lines().count()), (1, "", 1), "{stderr}");
    assert!(stderr.contains("no place for the diagram of coach"), "{stderr}");
}
