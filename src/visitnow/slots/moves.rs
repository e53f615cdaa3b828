//! What the practice does with a slot; appointments and the waitlist do the rest.

use aide::axum::ApiRouter;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Slot;
use crate::{
    App, moves,
    rest::{
        extract::{Id, Nothing},
        resource::{Move, Readable, move_route},
    },
};

moves! {
    /// The practice keeps it back.
    Block(Slot), "sql/visitnow/slots/block.sql",
    |_input: Nothing| [],
}

/// It can be booked again.
#[derive(Debug)]
struct Unblock;

impl Move for Unblock {
    type Row = Slot;
    type Input = Nothing;
    const REFUSAL: Option<&'static str> = None;

    fn example() -> Option<Value> {
        None
    }

    async fn make(
        conn: &mut PgConnection,
        actor: Uuid,
        id: Uuid,
        _: &Nothing,
    ) -> sqlx::Result<Option<Slot>> {
        let unblocked = sqlx::query_file_scalar!("sql/visitnow/slots/unblock.sql", actor, id)
            .fetch_optional(&mut *conn)
            .await?;
        match unblocked {
            // Somebody may wait for it, and then it is held: after the statement, which cannot tell.
            Some(id) => Slot::get(conn, actor, Id { id }).await,
            None => Ok(None),
        }
    }
}

/// `/slots/{id}/<verb>`.
pub fn routes() -> ApiRouter<App> {
    let block = move_route::<Block>("visitnow_slots_block", "Keeps an open slot back");
    let unblock = move_route::<Unblock>(
        "visitnow_slots_unblock",
        "Opens a slot that was kept back, and offers it to the first who waits for one like it",
    );
    ApiRouter::new().api_route("/slots/{id}/block", block).api_route("/slots/{id}/unblock", unblock)
}
