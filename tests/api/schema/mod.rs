//! The schema itself: its rules, its privileges, its audit log, its description.

mod diagrams;

use std::{collections::BTreeSet, fs};

use regex::Regex;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, raw_sql};
use trellis::database;

use crate::support::{Caller, TestApp, source};

/// Offences that are meant: rule and offender, and why.
const MEANT: &[(&str, &str)] = &[];

async fn texts(conn: &mut PgConnection, sql: &str) -> Vec<String> {
    let rows = conn.fetch_all(raw_sql(AssertSqlSafe(sql))).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn the_schema_keeps_its_rules() {
    let mut conn = PgConnection::connect(&TestApp::database().await).await.unwrap();
    let offences = texts(&mut conn, include_str!("rules.sql")).await;
    let meant: Vec<&str> = MEANT.iter().map(|(offence, _)| *offence).collect();
    assert_eq!(offences, meant);
}

#[tokio::test]
async fn the_app_role_may_write_rows_and_nothing_else() {
    let url = TestApp::database().await;
    let options = database::app_options(&url).unwrap();
    let mut conn = PgConnection::connect_with(&options).await.unwrap();
    for (statement, why) in [
        ("insert into audit.logs (action, entity_type) values ('insert', 'x')", "42501"),
        ("update audit.logs set entity_type = 'x'", "42501"),
        ("delete from audit.logs", "42501"),
        ("truncate audit.logs", "42501"),
        ("update identity.consents set granted = true", "42501"),
        ("delete from identity.consents", "42501"),
        (
            "insert into identity.roles (domain, code, description) values ('coach', 'X', 'x')",
            "42501",
        ),
        ("update identity.roles set self_service = true", "42501"),
        ("delete from identity.roles", "42501"),
        ("insert into coach.status_changes (user_id) values (base.uuid_v7())", "42501"),
        ("update coach.status_changes set reason = 'x'", "42501"),
        ("delete from coach.status_changes", "42501"),
        ("create table coach.mine (id uuid)", "42501"),
        ("create table public.mine (id uuid)", "42501"),
        ("create schema mine", "42501"),
        ("create role mine", "42501"),
        ("create extension hstore", "42501"),
        ("alter table coach.jobs add column mine text", "42501"),
        ("alter table coach.jobs disable trigger all", "42501"),
        ("drop table coach.jobs", "42501"),
        ("truncate coach.jobs", "42501"),
        ("select audit.attach('coach.jobs')", "42501"),
        ("insert into trellis.schema_history (version) values (99)", "42501"),
        ("copy coach.jobs to program 'true'", "42501"),
        ("copy coach.jobs to '/tmp/x'", "42501"),
    ] {
        let refused = conn.execute(raw_sql(statement)).await;
        let code =
            refused.err().and_then(|error| Some(error.as_database_error()?.code()?.into_owned()));
        assert_eq!(code.as_deref(), Some(why), "{statement}");
    }
    let settings =
        "select current_setting('role') || ' ' || current_setting('search_path') || ' ' ||
        current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')";
    assert_eq!(texts(&mut conn, settings).await, ["trellis_app extensions 10s 2s"]);
    drop(conn.close().await);

    let mut conn = PgConnection::connect(&url).await.unwrap();
    conn.execute(raw_sql("set role trellis_readonly")).await.unwrap();
    for table in ["identity.users", "coach.jobs", "audit.logs"] {
        texts(&mut conn, &format!("select 'x' from {table}")).await;
        let refused = conn.execute(raw_sql(AssertSqlSafe(format!("delete from {table}")))).await;
        assert!(refused.is_err(), "trellis_readonly deletes from {table}");
    }
}

#[tokio::test]
async fn a_consent_is_never_changed_not_even_by_its_owner() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let consent = json!({"purpose": "marketing", "granted": true, "policyVersion": "1"});
    ann.post("/v1/me/consents", &consent).await.ok(201);
    let mut conn = app.sql().await;
    let changed = conn.execute(raw_sql("update identity.consents set granted = false")).await;
    assert!(changed.is_err());
}

/// A word that is in every text that is written below.
const WORD: &str = "xylophone";

#[tokio::test]
async fn the_audit_log_holds_nobodys_words() {
    let app = TestApp::new().await;
    let ann = app
        .user_with_roles(
            WORD,
            &["coach:USER", "mentorship:admin", "migratio:admin", "smatrx:admin"],
        )
        .await;
    for resource in crate::contract::resources() {
        let mut input = resource.input(&ann).await;
        spell(&mut input);
        let made = ann.post(resource.path, &input).await;
        let place = made.header("location").to_owned();
        made.ok(201);
        ann.put(&place, &input).await.ok(200);
        let mut patch = json!({});
        patch[resource.clear] = json!(null);
        ann.patch(&place, &patch).await.ok(200);
        if resource.path != "/v1/coach/jobs" {
            assert_eq!(ann.delete(&place).await.status, 204);
        }
    }
    ann.patch("/v1/me", &json!({"displayName": WORD})).await.ok(200);
    ann.patch("/v1/coach/profile", &json!({"bio": WORD})).await.ok(200);
    let consent = json!({"purpose": WORD, "granted": true, "policyVersion": WORD});
    ann.post("/v1/me/consents", &consent).await.ok(201);

    let mut conn = app.sql().await;
    let written =
        "select distinct entity_type from audit.logs where actor_id is not null order by 1";
    let written = texts(&mut conn, written).await;
    for table in ["coach.jobs", "coach.skills", "coach.user_profiles", "identity.users"] {
        assert!(written.iter().any(|name| name == table), "{table} in {written:?}");
    }
    assert!(ann.email.contains(WORD));
    let leaks = format!(
        "select entity_type || payload::text from audit.logs where logs::text ilike '%{WORD}%'"
    );
    assert_eq!(texts(&mut conn, &leaks).await, Vec::<String>::new());
    // Whatever is kept as a value is of a type in which nobody writes words: no text, list or document.
    let values = "select distinct logs.entity_type || '.' || field.key
        from audit.logs
        cross join jsonb_each(logs.payload -> 'values') as field
        join information_schema.columns as own
          on own.table_schema || '.' || own.table_name = logs.entity_type and own.column_name = field.key
        where own.data_type in ('text', 'jsonb', 'ARRAY', 'bytea', 'inet', 'character varying')";
    assert_eq!(texts(&mut conn, values).await, Vec::<String>::new());
    let nobody =
        "select entity_type from audit.logs where actor_id is null and entity_type like 'coach.%'";
    assert_eq!(texts(&mut conn, nobody).await, Vec::<String>::new(), "changes by nobody");
}

/// Puts the word into every free text of an input.
fn spell(input: &mut serde_json::Value) {
    const FIXED: &[&str] = &[
        "jobId",
        "categoryId",
        "method",
        "status",
        "workMode",
        "jobType",
        "level",
        "mimeType",
        "salaryCurrency",
        "currency",
        "marketDemand",
        "color",
        "startDate",
        "endDate",
        "issueDate",
        "expiryDate",
        "followUpDate",
        "applicationDeadline",
        "postedAt",
        "contactEmail",
        "documentType",
        "interviewType",
        "scheduledAt",
        "timezone",
        "difficulty",
        "targetDate",
        "dueDate",
        "date",
        "type",
        "priority",
        "system",
        "countryId",
        "criterionType",
        "phase",
        "lastVerified",
        "lastCalculated",
        "lastUpdated",
        "acceptedFileTypes",
    ];
    for (name, value) in input.as_object_mut().unwrap() {
        if FIXED.contains(&name.as_str()) {
            continue;
        }
        match value {
            serde_json::Value::String(text) => text.push_str(WORD),
            serde_json::Value::Array(items) if items.iter().all(serde_json::Value::is_string) => {
                *items = vec![json!(WORD)];
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(spell),
            serde_json::Value::Object(_) => spell(value),
            _ => {}
        }
    }
}

#[tokio::test]
async fn the_description_names_every_column_and_no_other() {
    let path = source::root().join("docs/schema.md");
    let text = fs::read_to_string(&path).expect("docs/schema.md maps every field to its column");
    let mut conn = PgConnection::connect(&TestApp::database().await).await.unwrap();
    let columns = "select table_schema || '.' || table_name || '.' || column_name
        from information_schema.columns
        where table_schema in ('identity', 'audit', 'coach', 'smatrx', 'mentorship', 'visitnow', 'migratio')";
    let columns: BTreeSet<String> = texts(&mut conn, columns).await.into_iter().collect();
    let pattern =
        "`((?:identity|audit|coach|smatrx|mentorship|visitnow|migratio)\\.[a-z_]+\\.[a-z_0-9]+)`";
    let named: BTreeSet<String> = Regex::new(pattern)
        .unwrap()
        .captures_iter(&text)
        .map(|found| found[1].to_owned())
        .collect();
    let unknown: Vec<_> = named.difference(&columns).collect();
    assert!(unknown.is_empty(), "docs/schema.md names columns that do not exist: {unknown:#?}");
    let missing: Vec<_> = columns
        .difference(&named)
        .filter(|name| {
            ["identity.", "coach.", "smatrx.", "mentorship.", "visitnow.", "migratio."]
                .iter()
                .any(|domain| name.starts_with(domain))
        })
        .collect();
    assert!(missing.is_empty(), "docs/schema.md does not name: {missing:#?}");
}
