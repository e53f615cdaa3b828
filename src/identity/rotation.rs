//! Encrypts stored secrets anew under the newest key, so that the keys before it can be dropped.

use sqlx::{Acquire, PgConnection};
use uuid::Uuid;

use super::secrets::cipher::Cipher;
use crate::{
    database::Pool,
    encrypted,
    registry::{DOMAINS, EncryptedColumn},
    rest::problem::Problem,
};

/// Rows that are read, and changed in one transaction, at once.
const ROWS: i64 = 100;

/// What became of the values of one column.
#[derive(Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The column, with table and schema.
    pub column: &'static str,
    /// Values that are under the newest key now.
    pub rotated: u64,
    /// Values that were under it already.
    pub current: u64,
    /// Values that no key opens; they are as they were, and their rows are in the log.
    pub unreadable: u64,
}

/// Goes through every encrypted column of every domain. May be interrupted and repeated at any time, and run while
/// servers are at work that have the newest key.
pub async fn rotate_keys(pool: &Pool, cipher: &Cipher) -> Result<Vec<Rotated>, Problem> {
    let mut conn = pool.get().await?;
    let mut done = Vec::new();
    for column in DOMAINS.iter().flat_map(|domain| domain.encrypted).copied().flatten() {
        done.push(rotate(&mut conn, cipher, column).await?);
    }
    Ok(done)
}

async fn rotate(
    conn: &mut PgConnection,
    cipher: &Cipher,
    column: &EncryptedColumn,
) -> sqlx::Result<Rotated> {
    let mut done = Rotated { column: column.name, rotated: 0, current: 0, unreadable: 0 };
    let mut last = (Uuid::nil(), Uuid::nil());
    loop {
        let mut transaction = conn.begin().await?;
        let rows = (column.read)(&mut transaction, last, ROWS).await?;
        let Some(row) = rows.last() else { return Ok(done) };
        last = (row.owner, row.id);
        for row in rows {
            if !cipher.needs_rotation(&row.value) {
                done.current += 1;
                continue;
            }
            match cipher.decrypt(&row.value, row.id, column.name) {
                Ok(plain) => {
                    let value = cipher.encrypt(&plain, row.id, column.name);
                    // A value that changed meanwhile was written under the newest key.
                    let changed = (column.write)(&mut transaction, row, value).await?;
                    *if changed { &mut done.rotated } else { &mut done.current } += 1;
                }
                Err(error) => {
                    tracing::error!(column = column.name, id = %row.id, %error, "unreadable");
                    done.unreadable += 1;
                }
            }
        }
        transaction.commit().await?;
    }
}

/// What identity keeps encrypted.
pub const ENCRYPTED: &[EncryptedColumn] = encrypted! {
    "identity.accounts", ["access_token", "refresh_token", "id_token"],
    read: "sql/identity/accounts/sealed.sql", write: "sql/identity/accounts/reseal.sql",
};
