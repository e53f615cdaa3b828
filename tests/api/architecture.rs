//! What stands where: the rules of the source tree that no compiler knows.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use sqlx::{Connection, Executor, PgConnection, Row, raw_sql};

use crate::support::{
    TestApp,
    source::{self, files, without_comments},
};

/// Who may say SQL in Rust, and why.
const SQL_IN_RUST: &[(&str, &str)] = &[
    ("src/database/migrate.rs", "runs the migrations, whose files are embedded"),
    ("src/seed/mod.rs", "alters tables by a list of their names, which no parameter can be"),
];

/// Seeds fill a database by hand; no request runs them.
pub const SEEDS: &str = "sql/seed/";

/// Statements on owned tables that no owner narrows, and why.
const OWNERLESS: &[(&str, &str)] = &[
    ("sql/identity/accounts/sealed.sql", "re-encrypts everybody's tokens under a new key"),
    ("sql/identity/idempotency_keys/clear.sql", "housekeeping: what has expired, whoever's"),
    ("sql/identity/one_time_tokens/clear.sql", "housekeeping: what has expired, whoever's"),
    ("sql/identity/one_time_tokens/find_reset.sql", "the token's hash is the proof"),
    ("sql/identity/one_time_tokens/verify_email.sql", "the token's hash is the proof"),
    ("sql/identity/sessions/clear.sql", "housekeeping: what has expired, whoever's"),
    ("sql/identity/sessions/rotate.sql", "the refresh token's hash is the proof"),
    ("sql/mentorship/mentors.sql", "mentors are there to be found, by everybody"),
    (
        "sql/mentorship/microsoft_tokens/sealed.sql",
        "re-encrypts everybody's tokens under a new key",
    ),
    ("sql/migratio/profiles/sealed.sql", "re-encrypts everybody's attributes under a new key"),
    ("sql/migratio/roadmaps/list_shared.sql", "found by whom they are shared with, whoever's"),
    ("sql/migratio/documents/get_pending.sql", "consultants look at the documents of others"),
    ("sql/migratio/documents/pending.sql", "consultants look at the documents of others"),
    ("sql/migratio/documents/sealed.sql", "re-encrypts everybody's numbers under a new key"),
    ("sql/smatrx/gap.sql", "counts what others have, and names nobody"),
    ("sql/smatrx/skill_imports/claim.sql", "a server takes the next import, whoever's"),
    ("sql/smatrx/skill_imports/expire.sql", "a server fails what was begun in vain, whoever's"),
    ("sql/visitnow/notifications/clear.sql", "housekeeping: what has expired, whoever's"),
    ("sql/visitnow/notifications/take.sql", "a server takes the next notification, whoever's"),
];

/// Enums of the database that Rust does not know, and why.
const ENUMS_OF_SQL: &[(&str, &str)] =
    &[("identity.login_subject", "only statements tell an account from an address")];

#[test]
fn every_query_file_is_used_once() {
    let code: String = files("src", "rs").into_iter().map(|(_, text)| text).collect();
    let mut wrong = Vec::new();
    for (file, _) in files("sql", "sql") {
        let uses = code.matches(&format!("\"{file}\"")).count()
            + code.matches(&format!("/{file}\"")).count();
        if uses != 1 {
            wrong.push(format!("{file} is used {uses} times"));
        }
    }
    for name in Regex::new(r#""(sql/[^"]*\.sql)""#).unwrap().captures_iter(&code) {
        if !source::root().join(&name[1]).exists() {
            wrong.push(format!("{} does not exist", &name[1]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sql_stands_in_files_alone() {
    let inline = Regex::new(
        r"sqlx::(query|query_as|query_scalar|raw_sql)(_with)?(_unchecked)?(::<[^>]*>)?[(!]|query_file\w*_unchecked!|QueryBuilder|AssertSqlSafe|use sqlx::[^;]*\b(query\w*|raw_sql)\b",
    )
    .unwrap();
    let mut wrong = Vec::new();
    for (file, text) in files("src", "rs") {
        if SQL_IN_RUST.iter().all(|(known, _)| *known != file) {
            wrong
                .extend(inline.find_iter(&text).map(|found| format!("{file}: {}", found.as_str())));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn statements_name_their_columns() {
    let star = Regex::new(r"(?i)(\bselect\b|\breturning\b|,)\s*(\w+\.)?\*|\b[a-z_]+\.\*").unwrap();
    for (file, text) in files("sql", "sql") {
        let found = star.find(&without_comments(&text)).map(|found| found.as_str().to_owned());
        assert_eq!(found, None, "{file}");
    }
}

#[test]
fn every_limit_has_an_order() {
    let token = Regex::new(r"(?i)[()]|\border\s+by\b|\blimit\b").unwrap();
    for (file, text) in files("sql", "sql") {
        let text = without_comments(&text);
        let mut ordered = vec![false];
        for found in token.find_iter(&text) {
            match found.as_str() {
                "(" => ordered.push(false),
                ")" => drop(ordered.pop()),
                word if word.eq_ignore_ascii_case("limit") => {
                    assert_eq!(ordered.last(), Some(&true), "{file}: a limit without order by");
                }
                _ => *ordered.last_mut().unwrap() = true,
            }
        }
    }
}

#[test]
fn every_statement_names_its_parameters() {
    let parameter = Regex::new(r"\$(\d+)").unwrap();
    let numbers = |text: &str| -> BTreeSet<u32> {
        parameter.captures_iter(text).map(|found| found[1].parse().unwrap()).collect()
    };
    let mut wrong = Vec::new();
    for (file, text) in files("sql", "sql") {
        let header: Vec<&str> = text.lines().take_while(|line| line.starts_with("--")).collect();
        let used = numbers(&without_comments(&text.replace("$$", "")));
        let named = numbers(&header.join(" "));
        if named != used {
            wrong.push(format!("{file}: names {named:?}, uses {used:?}"));
        }
        if used.iter().copied().ne(1..=u32::try_from(used.len()).unwrap()) {
            wrong.push(format!("{file}: parameters with a gap"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Tables whose rows belong to one user each, by the migrations.
fn owned_tables() -> BTreeSet<String> {
    let table = Regex::new(r"create table (\w+\.\w+) \(\s*user_id uuid not null").unwrap();
    let migrations: String = files("migrations", "sql").into_iter().map(|(_, text)| text).collect();
    table.captures_iter(&migrations).map(|found| found[1].to_owned()).collect()
}

#[test]
fn what_belongs_to_somebody_is_asked_for_by_its_owner() {
    let owned = owned_tables();
    assert!(owned.contains("coach.jobs") && owned.len() > 10, "{owned:?}");
    let mention = Regex::new(r"(?i)\b(from|join|update|delete from|using)\s+(\w+\.\w+)").unwrap();
    let insert =
        Regex::new(r"(?is)\binsert into\s+(\w+\.\w+)(?:\s+as\s+\w+)?\s*\(\s*(\w+)").unwrap();
    let owner =
        Regex::new(r"(?i)\b(?:\w+\.)?user_id\s*=\s*(\$[12]\b|\w+\.(user_id|id)\b)").unwrap();
    let mut wrong = Vec::new();
    let mut excused = BTreeSet::new();
    for (file, text) in files("sql", "sql") {
        let text = without_comments(&text);
        let mentions =
            mention.captures_iter(&text).filter(|found| owned.contains(&found[2])).count();
        let narrowed = owner.find_iter(&text).count();
        let stray = insert
            .captures_iter(&text)
            .filter(|found| owned.contains(&found[1]) && &found[2] != "user_id")
            .count();
        if !file.starts_with(SEEDS) && (mentions > narrowed || stray > 0) {
            match OWNERLESS.iter().any(|(known, _)| *known == file) {
                true => drop(excused.insert(file)),
                false => wrong.push(format!("{file}: {mentions} tables, {narrowed} owners")),
            }
        }
    }
    assert!(wrong.is_empty(), "statements that no owner narrows: {wrong:#?}");
    let idle: Vec<_> = OWNERLESS.iter().filter(|(file, _)| !excused.contains(*file)).collect();
    assert!(idle.is_empty(), "excused for nothing: {idle:#?}");
}

/// Enums of Rust that stand for one of the database: its name, and the labels that sqlx knows.
fn rust_enums() -> BTreeMap<String, (BTreeSet<String>, String)> {
    let shape = Regex::new(
        r#"(?s)((?:#\[[^\n]*\]\s*)*)#\[sqlx\(type_name = "([a-z_]+\.[a-z_]+)", rename_all = "([\w-]+)"\)\]\s*pub(?:\(\w+\))? enum \w+ \{(.*?)\n\}"#,
    )
    .unwrap();
    // A name of its own is the same on the wire and in the database, the one above the other.
    let variant = Regex::new(
        r#"(?m)(?:^    #\[serde\(rename = "([^"]+)"\)\]\n    #\[sqlx\(rename = "([^"]+)"\)\]\n)?^    ([A-Z]\w*),?$"#,
    )
    .unwrap();
    let serde = Regex::new(r#"serde\(rename_all = "([\w-]+)""#).unwrap();
    let mut enums = BTreeMap::new();
    for (file, text) in files("src", "rs") {
        for found in shape.captures_iter(&text) {
            let style = &found[3];
            if let Some(wire) = serde.captures(&found[1]) {
                assert_eq!(
                    &wire[1], style,
                    "{file}: {} on the wire and in the database",
                    &found[2]
                );
            }
            let labels = variant.captures_iter(&found[4]).map(|one| match one.get(2) {
                Some(own) => {
                    assert_eq!(&one[1], own.as_str(), "{file}: on the wire and in the database");
                    own.as_str().to_owned()
                }
                None => label(&one[3], style),
            });
            let labels = labels.collect();
            enums.insert(found[2].to_owned(), (labels, file.clone()));
        }
    }
    enums
}

/// A variant's label in this style.
fn label(variant: &str, style: &str) -> String {
    let mut words = String::new();
    for letter in variant.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    match style {
        "snake_case" => words,
        "kebab-case" => words.replace('_', "-"),
        "camelCase" => format!("{}{}", variant[..1].to_lowercase(), &variant[1..]),
        "lowercase" => words.replace('_', ""),
        "PascalCase" => variant.to_owned(),
        "SCREAMING_SNAKE_CASE" => words.to_uppercase(),
        other => panic!("teach this test the style {other}"),
    }
}

#[tokio::test]
async fn enums_are_the_same_in_rust_and_in_the_database() {
    let mut conn = PgConnection::connect(&TestApp::database().await).await.unwrap();
    let labels = "select enumtypid::regtype::text, enumlabel::text from pg_enum";
    let mut database: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in conn.fetch_all(raw_sql(labels)).await.unwrap() {
        database.entry(row.get(0)).or_default().insert(row.get(1));
    }
    let config = std::fs::read_to_string(source::root().join("sqlx.toml")).unwrap();
    let rust = rust_enums();
    for (name, labels) in &database {
        if ENUMS_OF_SQL.iter().any(|(known, _)| known == name) {
            continue;
        }
        assert!(config.contains(&format!("'{name}' = \"crate::")), "sqlx.toml does not map {name}");
        let (known, file) = rust.get(name).unwrap_or_else(|| panic!("Rust does not know {name}"));
        assert_eq!(known, labels, "{name} in {file}");
    }
    let stray: Vec<_> = rust.keys().filter(|name| !database.contains_key(*name)).collect();
    assert!(stray.is_empty(), "enums of no database type: {stray:?}");
}

#[test]
fn files_are_short_enough_to_read() {
    let mut wrong = Vec::new();
    for (file, text) in files("src", "rs") {
        let lines = text.lines().count();
        if lines > 300 {
            wrong.push(format!("{file}: {lines} lines"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Directories of queries that are no table of their own, and where their code and tests stand.
const ELSEWHERE: &[(&str, &str)] = &[
    ("sql/coach/status_changes", "src/coach/jobs/timeline.rs"),
    ("sql/identity/admin", "src/identity/admin.rs"),
    ("sql/identity/idempotency_keys", "src/rest/idempotency.rs"),
    ("sql/identity/login_failures", "src/identity/attempts.rs"),
    ("sql/identity/me", "src/identity/me.rs"),
    ("sql/identity/one_time_tokens", "src/identity/one_time.rs"),
    ("sql/seed/demo", "src/seed/demo.rs"),
    ("sql/seed/reference", "src/seed/reference.rs"),
    ("sql/seed/volume", "src/seed/volume.rs"),
];

#[tokio::test]
async fn a_resource_has_the_same_name_everywhere() {
    let mut conn = PgConnection::connect(&TestApp::database().await).await.unwrap();
    let tables = "select schemaname || '/' || tablename from pg_tables";
    let rows = conn.fetch_all(raw_sql(tables)).await.unwrap();
    let tables: BTreeSet<String> = rows.iter().map(|row| row.get(0)).collect();
    let directories: BTreeSet<String> = files("sql", "sql")
        .iter()
        .filter_map(|(file, _)| Some(file.rsplit_once('/')?.0.to_owned()))
        .filter(|directory| directory.matches('/').count() == 2 && !directory.starts_with(SEEDS))
        .collect();
    let mut wrong = Vec::new();
    for directory in &directories {
        let name = directory.strip_prefix("sql/").unwrap();
        if let Some((_, code)) = ELSEWHERE.iter().find(|(known, _)| known == directory) {
            if !source::root().join(code).exists() {
                wrong.push(format!("{code} is gone"));
            }
            continue;
        }
        let places = [format!("src/{name}.rs"), format!("tests/api/{name}.rs")];
        wrong.extend(places.into_iter().filter(|place| !source::root().join(place).exists()));
        if !tables.contains(name) && name != "identity/roles" {
            wrong.push(format!("there is no table {name}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
