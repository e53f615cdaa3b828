use super::{finish, run, trellis};

#[tokio::test]
async fn missing_or_wrong_setting_is_one_line_and_exit_status_2() {
    let secret = "c2VjcmV0";
    let url = "postgres://nobody@127.0.0.1:1/none";
    for (arguments, expected) in [
        (
            vec!["serve"],
            "trellis: DATABASE_URL is not set; it looks like postgres://user:password@host/database\n",
        ),
        (
            vec!["migrate"],
            "trellis: DATABASE_URL is not set; it looks like postgres://user:password@host/database\n",
        ),
        (vec!["serve", "--database-url", url], "trellis: TRELLIS_SECRET is not set"),
        (vec!["serve", "--database-url", url, "--secret", secret], "trellis: TRELLIS_SECRET: "),
        (
            vec!["serve", "--listen", "here"],
            "trellis: invalid value 'here' for '--listen <ADDRESS>'",
        ),
        (
            vec!["migrate", "--database-url", "mysql://x"],
            "trellis: DATABASE_URL is no PostgreSQL URL",
        ),
        (vec!["frobnicate"], "trellis: unrecognized subcommand 'frobnicate'"),
        (vec!["seed", "--users", "0"], "trellis: invalid value '0' for '--users <N>'"),
        (
            vec!["seed", "--reference", "--users", "1"],
            "trellis: the argument '--reference' cannot be used with '--users <N>'",
        ),
    ] {
        let (status, stdout, stderr) = run(&arguments).await;
        assert_eq!((status, stdout.as_str()), (2, ""), "{arguments:?} {stderr}");
        assert!(stderr.starts_with(expected), "{arguments:?} said {stderr:?}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(!stderr.contains(secret), "the secret is shown: {stderr}");
    }
}

#[tokio::test]
async fn every_setting_is_in_the_help_and_no_secret_value_is() {
    let (status, help, _) = finish(
        trellis(&["serve", "--help"])
            .env("TRELLIS_SECRET", "do-not-show")
            .env("DATABASE_URL", "postgres://do-not-show@host/x")
            .output()
            .await
            .unwrap(),
    );
    assert_eq!(status, 0);
    for name in [
        "DATABASE_URL",
        "TRELLIS_LISTEN",
        "TRELLIS_METRICS_LISTEN",
        "TRELLIS_SECRET",
        "TRELLIS_PUBLIC_URL",
        "TRELLIS_CORS_ORIGINS",
        "TRELLIS_TRUST_PROXY",
        "TRELLIS_SMTP_URL",
        "TRELLIS_MAIL_FROM",
        "TRELLIS_DATABASE_CONNECTIONS",
        "TRELLIS_MAX_CONNECTIONS",
        "TRELLIS_AUDIT_MONTHS",
    ] {
        assert!(help.contains(name), "{name} is not in {help}");
    }
    assert!(!help.contains("do-not-show"));
}

#[tokio::test]
async fn unreachable_database_is_one_line_and_exit_status_1() {
    let (status, _, stderr) =
        run(&["migrate", "--database-url", "postgres://x@127.0.0.1:1/x"]).await;
    assert_eq!((status, stderr.lines().count()), (1, 1), "{stderr}");
}
