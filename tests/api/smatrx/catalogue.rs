//! A small catalogue of skills, for tests of what stands on it.

use sqlx::Row;

use crate::support::TestApp;

/// The id of a skill of this name, in a category of that one; both are made where they are missing.
pub async fn skill(app: &TestApp, category: &str, name: &str) -> String {
    let row = sqlx::query(
        "with category as (
           insert into smatrx.skill_categories (name, slug)
           values ($1, 'category-' || md5(lower($1)))
           on conflict (lower(name)) do update set name = excluded.name
           returning id)
         insert into smatrx.skills (name, slug, category_id)
         select $2, 'skill-' || md5(lower($2)), id from category
         on conflict (lower(name)) do update set name = excluded.name
         returning id::text",
    )
    .bind(category)
    .bind(name)
    .fetch_one(&mut app.sql().await)
    .await;
    row.unwrap().get(0)
}
