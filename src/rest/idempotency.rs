//! `Idempotency-Key` on POST: a repeat gets the first answer again and changes nothing.
//!
//! The key and the answer are stored in the transaction of the write itself, so that neither can
//! exist without the other.

use aide::{OperationInput, generate::GenContext, openapi::Operation};
use axum::{
    http::{HeaderValue, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use sqlx::{Acquire, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::{
    problem::{self, Problem, Result},
    reply::Reply,
};
use crate::database::Pool;

/// A client's key for one request, with the fingerprint of that request.
#[derive(Debug)]
pub struct Key {
    key: String,
    fingerprint: Sha256,
}

impl Key {
    /// Reads the header; 400 unless it is 1 to 255 visible ASCII characters.
    pub fn from_parts(parts: &Parts) -> Result<Option<Self>> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(None) };
        let bytes = value.as_bytes();
        if !(1..=255).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_graphic) {
            return Err(Problem::new(&problem::MALFORMED).field(
                "Idempotency-Key",
                "header",
                "must be 1 to 255 visible ASCII characters",
            ));
        }
        let mut fingerprint = Sha256::new();
        fingerprint.update(parts.method.as_str());
        fingerprint.update([0]);
        fingerprint.update(parts.uri.path_and_query().map_or("", |target| target.as_str()));
        fingerprint.update([0]);
        Ok(Some(Self { key: String::from_utf8_lossy(bytes).into_owned(), fingerprint }))
    }

    /// Makes the body part of the fingerprint.
    pub fn bind(&mut self, body: &[u8]) {
        self.fingerprint.update(body);
    }

    fn hash(&self) -> [u8; 32] {
        self.fingerprint.clone().finalize().into()
    }
}

/// Runs `work` once for this key: a repeat replays the stored answer. Without a key it just runs.
pub async fn once<W>(pool: &Pool, user: Uuid, key: Option<&Key>, work: W) -> Result<Response>
where
    W: AsyncFnOnce(&mut PgConnection) -> Result<Reply>,
{
    let mut connection = pool.get().await?;
    let Some(key) = key else { return Ok(work(&mut connection).await?.into_response()) };
    let mut transaction = connection.begin().await?;
    match first_or_again(&mut transaction, user, key, work).await {
        Ok(Answer::First(reply)) => {
            transaction.commit().await?;
            Ok(reply.into_response())
        }
        Ok(Answer::Again(replay)) => rolled_back(transaction, Ok(replay)).await,
        Err(problem) => rolled_back(transaction, Err(problem)).await,
    }
}

enum Answer {
    First(Reply),
    Again(Response),
}

async fn first_or_again<W>(
    conn: &mut PgConnection,
    user: Uuid,
    key: &Key,
    work: W,
) -> Result<Answer>
where
    W: AsyncFnOnce(&mut PgConnection) -> Result<Reply>,
{
    if let Some(replay) = claim(conn, user, key).await? {
        return Ok(Answer::Again(replay));
    }
    let reply = work(conn).await?;
    store(conn, user, key, &reply).await?;
    Ok(Answer::First(reply))
}

/// Before the answer, not some time after: until then the key is in use, and who repeats it at once is told so.
async fn rolled_back(
    transaction: Transaction<'_, Postgres>,
    answer: Result<Response>,
) -> Result<Response> {
    // If that fails, so has the connection, and the key with it.
    drop(transaction.rollback().await);
    answer
}

/// Takes the key for this transaction, or finds the answer that it already has.
async fn claim(conn: &mut PgConnection, user: Uuid, key: &Key) -> Result<Option<Response>> {
    let found = sqlx::query_file!("sql/identity/idempotency_keys/claim.sql", user, key.key)
        .fetch_one(conn)
        .await?;
    if !found.claimed {
        return Err(Problem::new(&problem::IN_FLIGHT).retry_after(1));
    }
    let Some(hash) = found.request_hash else { return Ok(None) };
    if hash != key.hash() {
        return Err(Problem::new(&problem::KEY_REUSED));
    }
    let status = found.status.and_then(|status| u16::try_from(status).ok()).unwrap_or(200);
    let reply = Reply {
        status: StatusCode::from_u16(status).unwrap_or_default(),
        body: found.response_body.unwrap_or_default().into(),
        etag: found.etag,
        location: found.location,
        kept: None,
    };
    let mut response = reply.into_response();
    response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    Ok(Some(response))
}

async fn store(conn: &mut PgConnection, user: Uuid, key: &Key, reply: &Reply) -> Result<()> {
    let stored = sqlx::query_file_scalar!(
        "sql/identity/idempotency_keys/store.sql",
        user,
        key.key,
        &key.hash()[..],
        i16::try_from(reply.status.as_u16()).unwrap_or_default(),
        reply.etag,
        reply.location,
        &reply.kept.as_ref().unwrap_or(&reply.body)[..],
    )
    .fetch_optional(conn)
    .await?;
    // A server that began and ended between our look and our claim has stored its answer.
    stored.map(drop).ok_or_else(|| Problem::new(&problem::IN_FLIGHT).retry_after(1))
}

impl OperationInput for Key {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        super::openapi::header(
            operation,
            "Idempotency-Key",
            "Makes repeating this request harmless for 24 hours: the first answer is replayed.",
        );
    }
}
