//! Where the operations on appointments and the waitlist find something of somebody's.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    appointments,
    people::{Patient, Practice, appointment, practice, slot},
    waitlist,
};
use crate::{
    openapi::Operation,
    support::{Caller, TestApp, User},
};

/// The owner, who has a record.
async fn as_patient<'a>(owner: &User<'a>) -> Patient<'a> {
    let id = owner.get("/v1/visitnow/patients/me").await.id();
    Patient { user: owner.clone(), id: id.parse().unwrap() }
}

async fn new_practice(app: &TestApp) -> Practice<'_> {
    practice(app, &Uuid::now_v7().to_string()).await
}

/// The path of an operation on something new of which the owner is the patient; none: it is about another thing.
pub async fn place(operation: &Operation, owner: &User<'_>) -> Option<String> {
    let (collection, rest) = operation.path.split_once("/{id}").unwrap_or((&operation.path, ""));
    let known =
        [appointments::PATH, waitlist::PATH, "/v1/visitnow/providers"].contains(&collection);
    let is_ours = ["_appointments", "_waitlist"].iter().any(|part| operation.id.contains(part));
    if !known || !is_ours {
        return None;
    }
    let (patient, dora) = (as_patient(owner).await, new_practice(owner.app).await);
    if collection == operation.path {
        return Some(operation.path.clone());
    }
    owner.app.execute("delete from visitnow.appointments").await;
    let id = match (collection, rest) {
        ("/v1/visitnow/providers", _) => dora.id,
        (waitlist::PATH, "/accept") => {
            let status = "set session_replication_role = replica;
                 update visitnow.slots set status = 'held', held_until = now() + interval '15 minutes', held_for_id = ";
            let entry = waitlist::join(&patient, &dora).await.id();
            let slot = slot(&dora, 48).await;
            owner.app.execute(&format!(
                "{status} '{entry}' where id = '{slot}'; update visitnow.waitlist set status = 'offered' where id = '{entry}'"
            )).await;
            entry.parse().unwrap()
        }
        (waitlist::PATH, _) => waitlist::join(&patient, &dora).await.id().parse().unwrap(),
        (_, "/rate" | "/notes") => appointment(&dora, &patient, "completed", -1).await,
        (_, "/check-in") => appointment(&dora, &patient, "confirmed", 24).await,
        _ => appointment(&dora, &patient, "requested", 24).await,
    };
    Some(format!("{collection}/{id}{rest}"))
}

/// A body with a slot or a provider that is there, where it names one.
pub async fn with_ids(app: &TestApp, path: &str, body: &mut Value) {
    let moved = path.strip_suffix("/reschedule").and_then(|place| place.rsplit_once('/'));
    if body.get("slotId").is_some() {
        // At a time of its own: all who ask for the same move are given one.
        let hours = 48 + i64::try_from(Uuid::now_v7().as_u128() % 10_000).unwrap();
        let free = slot(&new_practice(app).await, hours).await;
        if let Some((_, id)) = moved {
            let same = format!(
                "set session_replication_role = replica;
                 update visitnow.slots set (provider_id, clinic_id) = (
                   select provider_id, clinic_id from visitnow.appointments where id = '{id}') where id = '{free}'"
            );
            app.execute(&same).await;
        }
        body["slotId"] = json!(free);
    }
    if body.get("desiredRange").is_some() && body.get("providerId").is_some() {
        body["providerId"] = json!(new_practice(app).await.id);
    }
}
