//! Every query is planned as the server would run it, against tables that have grown.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, raw_sql};
use trellis::database::APP_ROLE;

use crate::{
    architecture::SEEDS,
    support::{
        TestApp,
        source::{files, without_comments},
    },
};

/// Small for ever: read whole is read fast.
const SMALL: [&str; 2] = ["roles", "schema_history"];

/// Queries that may read a whole table, and why.
const EXEMPT: &[(&str, &str)] = &[];

/// What can be planned.
const PLANNED: &str = r"^\s*(select|insert|update|delete|with)\b";

#[tokio::test]
async fn no_query_reads_a_growing_table_from_end_to_end() {
    let url = TestApp::database().await;
    let mut conn = PgConnection::connect(&url).await.unwrap();
    conn.execute(raw_sql(include_str!("plans.sql"))).await.unwrap();
    every_table_has_volume(&mut conn).await;
    let session = format!(
        "set search_path = extensions; set role {APP_ROLE}; set plan_cache_mode = force_generic_plan"
    );
    conn.execute(raw_sql(AssertSqlSafe(session))).await.unwrap();
    let planned = Regex::new(PLANNED).unwrap();
    let mut wrong = Vec::new();
    let mut excused = BTreeSet::new();
    for (file, text) in files("sql", "sql") {
        if file.starts_with(SEEDS) || !planned.is_match(&without_comments(&text)) {
            continue;
        }
        let scans: Vec<String> = scans(&mut conn, &text)
            .await
            .unwrap_or_else(|error| vec![format!("cannot be planned: {error}")]);
        match EXEMPT.iter().any(|(known, _)| *known == file) {
            true if !scans.is_empty() => drop(excused.insert(file)),
            _ => wrong.extend(scans.into_iter().map(|scan| format!("{file}: {scan}"))),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let idle: Vec<_> = EXEMPT.iter().filter(|(file, _)| !excused.contains(*file)).collect();
    assert!(idle.is_empty(), "exempt for nothing: {idle:#?}");
}

/// A plan against an empty table proves nothing.
async fn every_table_has_volume(conn: &mut PgConnection) {
    let empty = "select class.oid::regclass::text
        from pg_class as class
        join pg_namespace as schema on schema.oid = class.relnamespace
        where schema.nspowner = 'trellis_owner'::regrole
          and class.relkind = 'r'
          and not class.relispartition
          and class.reltuples < 2000";
    let rows = conn.fetch_all(raw_sql(empty)).await.unwrap();
    let empty: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let small = |name: &&String| name.rsplit('.').next().is_some_and(|last| SMALL.contains(&last));
    let empty: Vec<_> = empty.iter().filter(|name| !small(name)).collect();
    assert!(empty.is_empty(), "fill them in plans.sql: {empty:?}");
}

/// Growing tables that this query reads from end to end.
async fn scans(conn: &mut PgConnection, query: &str) -> sqlx::Result<Vec<String>> {
    let parameters = Regex::new(r"\$(\d+)").unwrap();
    let bare = without_comments(query);
    let most = parameters.captures_iter(&bare).map(|found| found[1].parse().unwrap()).max();
    let nulls = vec!["null"; most.unwrap_or(0_usize)].join(", ");
    let call = if nulls.is_empty() { String::new() } else { format!("({nulls})") };
    conn.execute(raw_sql(AssertSqlSafe(format!("prepare asked as {query}")))).await?;
    let explain = format!("explain (format json) execute asked{call}");
    let explained = conn.fetch_one(raw_sql(AssertSqlSafe(explain))).await;
    conn.execute(raw_sql("deallocate asked")).await?;
    let plan: Value = serde_json::from_str(explained?.get_unchecked::<&str, _>(0)).unwrap();
    let mut found = Vec::new();
    walk(&plan, &mut found);
    Ok(found)
}

fn walk(node: &Value, found: &mut Vec<String>) {
    match node {
        Value::Object(fields) => {
            let table = node["Relation Name"].as_str().unwrap_or_default();
            let partition = table.starts_with("logs_");
            if node["Node Type"] == "Seq Scan" && !SMALL.contains(&table) && !empty(partition, node)
            {
                found.push(format!("reads all of {table}"));
            }
            fields.values().for_each(|field| walk(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
        _ => {}
    }
}

/// Partitions of the months to come are empty, and reading them whole costs nothing.
fn empty(partition: bool, node: &Value) -> bool {
    partition && node["Total Cost"].as_f64().unwrap_or_default() < 100.0
}
