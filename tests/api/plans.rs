//! Every query is planned as the server would run it, with half a million jobs and for parameters that the planner does
//! not know yet.

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
const SMALL: [&str; 4] = ["countries", "roles", "schema_history", "skill_categories"];

/// Queries whose plan depends on a value, and values: of a text that may begin like anybody's name, the planner expects
/// everybody.
const KNOWN_VALUES: &[(&str, &str)] =
    &[("sql/identity/users/search.sql", "'zoe%', null, null, 21")];

/// Queries that must read all of a table, and why.
const WHOLE: &[(&str, &str)] =
    &[("sql/smatrx/skill_imports/catalogue.sql", "a text may mention any skill")];

/// What reads the catalogue, for developers.
const CATALOGUE: &str = "sql/schema/";

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
    let session = format!("set search_path = extensions; set role {APP_ROLE}");
    conn.execute(raw_sql(AssertSqlSafe(session))).await.unwrap();
    let planned = Regex::new(PLANNED).unwrap();
    let small = small(&mut conn).await;
    let mut wrong = Vec::new();
    for (file, text) in files("sql", "sql") {
        if file.starts_with(SEEDS)
            || file.starts_with(CATALOGUE)
            || WHOLE.iter().any(|(known, _)| *known == file)
            || !planned.is_match(&without_comments(&text))
        {
            continue;
        }
        let values =
            KNOWN_VALUES.iter().find(|(known, _)| *known == file).map(|(_, values)| *values);
        let mut found = Vec::new();
        match plan(&mut conn, &text, values).await {
            Ok(plan) => walk(&plan, &leading, &small, &mut found),
            Err(error) => found.push(format!("cannot be planned: {error}")),
        }
        wrong.extend(found.into_iter().map(|what| format!("{file}: {what}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Tables that are read whole fast: those that stay small, and the months to come.
async fn small(conn: &mut PgConnection) -> BTreeSet<String> {
    let empty = "select relname::text from pg_class where relispartition and relkind = 'r' and reltuples <= 0";
    let rows = conn.fetch_all(raw_sql(empty)).await.unwrap();
    rows.iter().map(|row| row.get(0)).chain(SMALL.map(str::to_owned)).collect()
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

/// The plan of a query: for these values, or else for any.
async fn plan(conn: &mut PgConnection, query: &str, values: Option<&str>) -> sqlx::Result<Value> {
    let bare = without_comments(query);
    let parameters = Regex::new(r"\$(\d+)").unwrap();
    let most = parameters.captures_iter(&bare).map(|found| found[1].parse().unwrap()).max();
    let nulls = vec!["null"; most.unwrap_or(0_usize)].join(", ");
    let mode = if values.is_some() { "custom" } else { "generic" };
    let values = values.map_or(nulls, str::to_owned);
    let call = if values.is_empty() { values } else { format!("({values})") };
    conn.execute(raw_sql(AssertSqlSafe(format!("set plan_cache_mode = force_{mode}_plan"))))
        .await?;
    conn.execute(raw_sql(AssertSqlSafe(format!("prepare asked as {query}")))).await?;
    let explain = format!("explain (format json) execute asked{call}");
    let explained = conn.fetch_one(raw_sql(AssertSqlSafe(explain))).await;
    conn.execute(raw_sql("deallocate asked")).await?;
    Ok(serde_json::from_str(explained?.get_unchecked::<&str, _>(0)).unwrap())
}

/// Reads of whole tables, and of whole indexes, which is no better.
fn walk(node: &Value, leading: &Leading, small: &BTreeSet<String>, found: &mut Vec<String>) {
    match node {
        Value::Object(fields) => {
            let table = node["Relation Name"].as_str().unwrap_or_default();
            if node["Node Type"] == "Seq Scan" && !small.contains(table) {
                found.push(format!("reads all of {table}"));
            }
            if let Some(index) = node["Index Name"].as_str() {
                let condition = node["Index Cond"].as_str().unwrap_or_default();
                let narrows = leading.get(index).is_none_or(|first| names(condition, first));
                if !narrows && !small.contains(table) {
                    found.push(format!("reads all of {index} for '{condition}'"));
                }
            }
            fields.values().for_each(|field| walk(field, leading, small, found));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, leading, small, found)),
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
