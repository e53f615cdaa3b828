//! Everything that is stored about the caller, in all domains, as one JSON document.
//!
//! It is sent while it is read, so memory does not grow with its size; and a document that could not be finished is
//! cut off in a way that no client can mistake for its end.

mod document;
mod reveal;

use std::{collections::BTreeMap, io, time::Duration};

use aide::axum::{ApiRouter, routing::get_with};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::Utc;
use futures_util::{TryStreamExt, stream};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::Acquire;
use tokio::{
    sync::mpsc::{self, Receiver, Sender},
    time::timeout,
};
use uuid::Uuid;

use self::{document::Document, reveal::reveal};
use super::{Caller, proof::gone};
use crate::{
    App,
    database::{Connection, Timestamp},
    registry::DOMAINS,
    rest::{
        openapi::Describe,
        problem::{Problem, Result},
    },
};

/// The document is sent in pieces of about this many bytes.
const PIECE: usize = 16 * 1024;

/// So many pieces wait for the client before the database has to.
const WAITING: usize = 4;

/// A client that takes nothing for so long is given up; shorter than what the database allows.
const PATIENCE: Duration = Duration::from_secs(30);

/// A piece of the document, its end, or why it stays unfinished.
type Message = Result<Option<Bytes>>;

/// Everything that is stored about one user; secrets and their hashes are left out, what else is encrypted is readable.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Export {
    /// When it was read; nothing in it is of another time.
    exported_at: Timestamp,
    /// The rows of one table, such as `coach.jobs`, under its name: every table, also where it is empty.
    #[serde(flatten)]
    tables: BTreeMap<String, Vec<Map<String, Value>>>,
}

/// `/me/export`.
pub fn routes() -> ApiRouter<App> {
    let export = get_with(export, |op| {
        op.about("identity_me_export", "Exports everything that is stored about you")
            .description(
                "All products, one key per table, streamed. A transfer that breaks off is not whole: repeat it.",
            )
            .secured()
            .ok::<Export>()
    });
    ApiRouter::new().api_route("/me/export", export)
}

async fn export(State(app): State<App>, caller: Caller) -> Result<Response> {
    let conn = app.pool.get_for_long().await?;
    let (sender, mut pieces) = mpsc::channel(WAITING);
    tokio::spawn(read(app, conn, caller.id, sender));
    // What goes wrong before the first piece can still be told properly.
    let first = match pieces.recv().await {
        Some(Ok(piece)) => piece.unwrap_or_default(),
        Some(Err(problem)) => return Err(problem),
        None => return Err(Problem::unavailable()),
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"trellis-export.json\""),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, body(first, pieces)).into_response())
}

/// The first piece and those to come. Unless the end comes, too, it fails, and the connection is closed on it.
fn body(first: Bytes, pieces: Receiver<Message>) -> Body {
    let rest = stream::unfold(Some(pieces), async |pieces| {
        let mut pieces = pieces?;
        match pieces.recv().await {
            Some(Ok(None)) => None,
            Some(Ok(Some(piece))) => Some((Ok(piece), Some(pieces))),
            Some(Err(_)) | None => {
                Some((Err(io::Error::other("the export could not be finished")), None))
            }
        }
    });
    let first = stream::once(async { Ok(first) });
    Body::from_stream(futures_util::StreamExt::chain(first, rest))
}

/// Reads all domains and sends them, or says why not; stops when the client goes away.
async fn read(app: App, mut conn: Connection, user: Uuid, sender: Sender<Message>) {
    let end = document(&app, &mut conn, user, &sender).await.map(|()| None);
    if let Err(problem) = &end {
        tracing::warn!(status = problem.status().as_u16(), "an export was not finished");
    }
    // A client that is gone need not be told.
    drop(timeout(PATIENCE, sender.send(end)).await);
}

async fn document(
    app: &App,
    conn: &mut Connection,
    user: Uuid,
    sender: &Sender<Message>,
) -> Result<()> {
    let mut transaction = conn.begin().await?;
    sqlx::query_file!("sql/database/read_snapshot.sql").execute(&mut *transaction).await?;
    let ready = sqlx::query_file!("sql/identity/users/begin_export.sql", user)
        .fetch_one(&mut *transaction)
        .await?;
    if !ready.exists {
        return Err(gone());
    }
    let mut document = Document::begin(Utc::now());
    for domain in DOMAINS {
        let mut rows = (domain.export)(&mut transaction, user);
        while let Some(mut row) = rows.try_next().await? {
            reveal(domain, &mut row, &app.cipher).map_err(|error| Problem::internal(&error))?;
            document.row(domain.name, &row).map_err(|error| Problem::internal(&error))?;
            if document.len() >= PIECE {
                send(sender, document.take()).await?;
            }
        }
    }
    transaction.commit().await?;
    send(sender, document.end()).await
}

async fn send(sender: &Sender<Message>, piece: Bytes) -> Result<()> {
    match timeout(PATIENCE, sender.send(Ok(Some(piece)))).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(Problem::unavailable()),
    }
}
