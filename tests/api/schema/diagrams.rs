//! The diagrams in the description of the schema.

use std::fs;

use sqlx::{Connection, Executor, PgConnection, raw_sql};
use trellis::database;

use crate::support::{TestApp, source};

#[tokio::test]
async fn the_diagrams_in_the_description_are_current() {
    let mut conn = PgConnection::connect(&TestApp::database().await).await.unwrap();
    let diagrams = database::diagrams(&mut conn).await.unwrap();
    assert!(diagrams.contains_key("identity") && diagrams.contains_key("coach"), "{diagrams:?}");
    let known = fs::read_to_string(source::root().join("docs/schema.md")).unwrap();
    let same = database::place(&known, &diagrams).unwrap() == known;
    assert!(same, "docs/schema.md is out of date: cargo run -- schema docs/schema.md");
}

const SHOP: &str = "
    create schema shop authorization trellis_owner;
    create domain shop.pence as integer;
    create table shop.carts (
      user_id uuid not null references identity.users (id) on delete cascade,
      id uuid not null,
      seen_at timestamptz,
      primary key (user_id, id));
    create table shop.offers (
      id uuid primary key,
      price shop.pence not null,
      tags text[] not null,
      weight numeric(6, 2),
      made_by uuid unique references identity.users (id) on delete set null);
    create table shop.lines (
      user_id uuid not null,
      cart_id uuid not null,
      position smallint not null,
      offer_id uuid not null references shop.offers (id) on delete restrict,
      instead_of uuid references shop.offers (id),
      primary key (user_id, cart_id, position),
      foreign key (user_id, cart_id) references shop.carts (user_id, id) on delete cascade,
      unique (offer_id, cart_id));
    create unique index on shop.lines (instead_of) where instead_of is not null;
    create table shop.notes (
      offer_id uuid primary key references shop.offers (id) on delete set default)
      partition by hash (offer_id);
    create table shop.notes_0 partition of shop.notes for values with (modulus 1, remainder 0)";

const DIAGRAM: &str = r#"erDiagram
  carts {
    uuid user_id PK, FK
    uuid id PK
    timestamptz seen_at "null"
  }
  lines {
    uuid user_id PK, FK
    uuid cart_id PK, FK
    smallint position PK
    uuid offer_id FK
    uuid instead_of FK "null"
  }
  notes {
    uuid offer_id PK, FK
  }
  offers {
    uuid id PK
    pence price
    text[] tags
    numeric weight "null"
    uuid made_by FK "null"
  }
  identity_users["identity.users"]
  identity_users ||--o{ carts : "user_id (cascade)"
  identity_users |o..o| offers : "made_by (set null)"
  carts ||--o{ lines : "user_id, cart_id (cascade)"
  offers |o..o{ lines : "instead_of (no action)"
  offers ||..o{ lines : "offer_id (restrict)"
  offers ||--o| notes : "offer_id (set default)"
"#;

#[tokio::test]
async fn a_diagram_shows_keys_types_cardinalities_and_delete_rules() {
    let mut conn = PgConnection::connect(&TestApp::database().await).await.unwrap();
    conn.execute(raw_sql(SHOP)).await.unwrap();
    let diagrams = database::diagrams(&mut conn).await.unwrap();
    assert_eq!(diagrams["shop"], DIAGRAM);

    // A domain that is new has no place yet.
    let missing = database::place("# Schema\n", &diagrams).unwrap_err().to_string();
    assert!(missing.starts_with("no place for the diagram of coach: put <!-- diagram: coach -->"));
}
