//! Every query is planned as the server would run it, for parameters that it does not know yet. The
//! planner is told to avoid reading tables whole: what reads one nevertheless lacks an index.

use std::collections::{BTreeMap, BTreeSet};

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

/// B-tree indexes, and the first thing that each sorts by.
type Leading = BTreeMap<String, String>;

#[tokio::test]
async fn no_query_reads_a_growing_table_from_end_to_end() {
    let url = TestApp::database().await;
    let mut conn = PgConnection::connect(&url).await.unwrap();
    conn.execute(raw_sql(include_str!("plans.sql"))).await.unwrap();
    every_table_has_volume(&mut conn).await;
    let leading = leading(&mut conn).await;
    let session = format!(
        "set search_path = extensions; set role {APP_ROLE}; set enable_seqscan = off;
         set plan_cache_mode = force_generic_plan"
    );
    conn.execute(raw_sql(AssertSqlSafe(session))).await.unwrap();
    let planned = Regex::new(PLANNED).unwrap();
    let mut wrong = Vec::new();
    let mut excused = BTreeSet::new();
    for (file, text) in files("sql", "sql") {
        if file.starts_with(SEEDS) || !planned.is_match(&without_comments(&text)) {
            continue;
        }
        let mut found = Vec::new();
        match plan(&mut conn, &text).await {
            Ok(plan) => walk(&plan, &leading, &mut found),
            Err(error) => found.push(format!("cannot be planned: {error}")),
        }
        match EXEMPT.iter().any(|(known, _)| *known == file) {
            true if !found.is_empty() => drop(excused.insert(file)),
            _ => wrong.extend(found.into_iter().map(|what| format!("{file}: {what}"))),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let idle: Vec<_> = EXEMPT.iter().filter(|(file, _)| !excused.contains(*file)).collect();
    assert!(idle.is_empty(), "exempt for nothing: {idle:#?}");
}

/// A plan against an empty table proves nothing.
async fn every_table_has_volume(conn: &mut PgConnection) {
    let empty = "select class.relname::text
        from pg_class as class
        join pg_namespace as schema on schema.oid = class.relnamespace
        where schema.nspowner = 'trellis_owner'::regrole
          and class.relkind in ('r', 'p')
          and not class.relispartition
          and class.reltuples < 1000";
    let rows = conn.fetch_all(raw_sql(empty)).await.unwrap();
    let empty: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
    let empty: Vec<_> = empty.iter().filter(|name| !SMALL.contains(name)).collect();
    assert!(empty.is_empty(), "fill them in plans.sql: {empty:?}");
}

async fn leading(conn: &mut PgConnection) -> Leading {
    let indexes = "select class.relname::text, pg_get_indexdef(class.oid, 1, false)
        from pg_class as class
        join pg_am on pg_am.oid = class.relam and pg_am.amname = 'btree'";
    let rows = conn.fetch_all(raw_sql(indexes)).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// The generic plan of a query.
async fn plan(conn: &mut PgConnection, query: &str) -> sqlx::Result<Value> {
    let bare = without_comments(query);
    let parameters = Regex::new(r"\$(\d+)").unwrap();
    let most = parameters.captures_iter(&bare).map(|found| found[1].parse().unwrap()).max();
    let nulls = vec!["null"; most.unwrap_or(0_usize)].join(", ");
    let call = if nulls.is_empty() { nulls } else { format!("({nulls})") };
    conn.execute(raw_sql(AssertSqlSafe(format!("prepare asked as {query}")))).await?;
    let explain = format!("explain (format json) execute asked{call}");
    let explained = conn.fetch_one(raw_sql(AssertSqlSafe(explain))).await;
    conn.execute(raw_sql("deallocate asked")).await?;
    Ok(serde_json::from_str(explained?.get_unchecked::<&str, _>(0)).unwrap())
}

/// Reads of whole tables, and of whole indexes, which is no better.
fn walk(node: &Value, leading: &Leading, found: &mut Vec<String>) {
    match node {
        Value::Object(fields) => {
            let table = node["Relation Name"].as_str().unwrap_or_default();
            if node["Node Type"] == "Seq Scan" && !SMALL.contains(&table) {
                found.push(format!("reads all of {table}"));
            }
            if let Some(index) = node["Index Name"].as_str() {
                let condition = node["Index Cond"].as_str().unwrap_or_default();
                let narrows = leading.get(index).is_none_or(|first| names(condition, first));
                if !narrows && !SMALL.contains(&table) {
                    found.push(format!("reads all of {index} for '{condition}'"));
                }
            }
            fields.values().for_each(|field| walk(field, leading, found));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, leading, found)),
        _ => {}
    }
}

/// Whether a condition speaks of a column that the index sorts by first.
fn names(condition: &str, first: &str) -> bool {
    let words = Regex::new("[a-z_]+").unwrap();
    let first: Vec<&str> = words.find_iter(first).map(|word| word.as_str()).collect();
    let types = ["text", "lower", "coalesce", "date", "timestamptz"];
    let mut wanted = first.iter().filter(|word| !types.contains(word));
    wanted.any(|wanted| words.find_iter(condition).any(|word| word.as_str() == *wanted))
}
