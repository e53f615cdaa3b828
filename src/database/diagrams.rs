//! Entity-relationship diagrams of the schema, made from the catalogue for docs/schema.md.

use std::{collections::BTreeMap, fmt::Write};

use sqlx::PgConnection;

/// The end of every diagram's place in a document.
const END: &str = "<!-- end -->";

/// A document has no place for a domain's diagram.
#[derive(Debug, thiserror::Error)]
#[error(
    "no place for the diagram of {0}: put <!-- diagram: {0} --> and <!-- end --> where it belongs"
)]
pub struct NoPlace(String);

/// Every domain that has tables, and its diagram as Mermaid's `erDiagram`.
pub async fn diagrams(conn: &mut PgConnection) -> sqlx::Result<BTreeMap<String, String>> {
    let mut diagrams = BTreeMap::new();
    columns(conn, &mut diagrams).await?;
    references(conn, &mut diagrams).await?;
    Ok(diagrams)
}

/// A box for each table, with its columns; a box without columns for each table of another domain that is referred to.
async fn columns(
    conn: &mut PgConnection,
    diagrams: &mut BTreeMap<String, String>,
) -> sqlx::Result<()> {
    let mut table = String::new();
    let columns = sqlx::query_file!("sql/schema/columns.sql").fetch_all(conn).await?;
    for (index, column) in columns.iter().enumerate() {
        let diagram =
            diagrams.entry(column.domain.clone()).or_insert_with(|| "erDiagram\n".to_owned());
        if table != column.table {
            table.clone_from(&column.table);
            line(diagram, format_args!("  {table} {{"));
        }
        let keys = match (column.primary_key, column.foreign_key) {
            (true, true) => " PK, FK",
            (true, false) => " PK",
            (false, true) => " FK",
            (false, false) => "",
        };
        let null = if column.nullable { " \"null\"" } else { "" };
        line(diagram, format_args!("    {} {}{keys}{null}", column.r#type, column.column));
        let next = columns.get(index + 1);
        if next.is_none_or(|next| (&next.domain, &next.table) != (&column.domain, &table)) {
            line(diagram, format_args!("  }}"));
            table.clear();
        }
    }
    Ok(())
}

/// A line for each foreign key, dotted where it is no part of the primary key.
async fn references(
    conn: &mut PgConnection,
    diagrams: &mut BTreeMap<String, String>,
) -> sqlx::Result<()> {
    let mut foreign = String::new();
    for reference in sqlx::query_file!("sql/schema/references.sql").fetch_all(conn).await? {
        let Some(diagram) = diagrams.get_mut(&reference.domain) else { continue };
        let mut target = reference.target;
        if reference.target_domain != reference.domain {
            let name = format!("{}.{target}", reference.target_domain);
            target = format!("{}_{target}", reference.target_domain);
            let shown = format!("{}: {name}", reference.domain);
            if foreign != shown {
                foreign = shown;
                line(diagram, format_args!("  {target}[\"{name}\"]"));
            }
        }
        let one = if reference.optional { "|o" } else { "||" };
        let kind = if reference.identifying { "--" } else { ".." };
        let many = if reference.single { "o|" } else { "o{" };
        let (table, columns) = (reference.table, reference.columns);
        let rule = reference.on_delete;
        line(
            diagram,
            format_args!("  {target} {one}{kind}{many} {table} : \"{columns} ({rule})\""),
        );
    }
    Ok(())
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{line}");
}

/// The document with these diagrams in their places.
pub fn place(document: &str, diagrams: &BTreeMap<String, String>) -> Result<String, NoPlace> {
    let mut document = document.to_owned();
    for (domain, diagram) in diagrams {
        let begin = format!("<!-- diagram: {domain} -->\n");
        let place = document.find(&begin).and_then(|found| {
            let start = found + begin.len();
            Some(start..start + document[start..].find(END)?)
        });
        let place = place.ok_or_else(|| NoPlace(domain.clone()))?;
        document.replace_range(place, &format!("```mermaid\n{diagram}```\n"));
    }
    Ok(document)
}
