//! Who and what the tests are about, made in the database: countries, programmes, kinds of documents.

use sqlx::Row;
use uuid::Uuid;

use crate::support::{TestApp, User};

/// Somebody who writes what all read.
pub async fn manager(app: &TestApp) -> User<'_> {
    app.user_with_roles("manager", &["migratio:contentManager"]).await
}

/// Inserts `table (columns) values (…)` and tells the new row's id.
pub async fn inserted(app: &TestApp, insert: &str) -> Uuid {
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("insert into {insert} returning id")));
    sqlx::Executor::fetch_one(&mut app.sql().await, sql).await.unwrap().get(0)
}

/// A country that is a destination, by its codes; its currency is worth so many dollars.
pub async fn country(app: &TestApp, name: &str, alpha2: &str, usd: (&str, f64)) -> Uuid {
    let (currency, rate) = usd;
    let row = format!(
        "migratio.countries (name, alpha2, alpha3, economic_info, is_destination_country) values \
         ('{name}', '{alpha2}', '{alpha2}X', '{{\"currency\": \"{currency}\", \"usdPerUnit\": {rate}}}', true)"
    );
    inserted(app, &row).await
}

/// A programme of a country with these criteria, as JSON; its category is `skilled-worker`.
pub async fn program(
    app: &TestApp,
    country: Uuid,
    name: &str,
    criteria: &serde_json::Value,
) -> Uuid {
    let row = format!(
        "migratio.programs (country_id, name, category, eligibility_criteria) \
         values ('{country}', '{name}', 'skilled-worker', '{criteria}')"
    );
    inserted(app, &row).await
}

/// What a programme asks for, and has defined.
pub async fn requirement(app: &TestApp, program: Uuid, kind: Uuid, position: i32) -> Uuid {
    let row = format!(
        "migratio.document_requirements (program_id, document_type_id, name, position) \
         values ('{program}', '{kind}', 'Requirement', {position})"
    );
    inserted(app, &row).await
}

/// A kind of document that takes PDF files of at most 10 MiB.
pub async fn document_type(app: &TestApp, code: &str) -> Uuid {
    let row = format!(
        "migratio.document_types (code, name, category, accepted_file_types, max_file_size_bytes) \
         values ('{code}', '{code}', 'identity', '{{application/pdf}}', 10485760)"
    );
    inserted(app, &row).await
}
