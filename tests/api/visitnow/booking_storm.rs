//! Thousands of random requests at once, and what must hold after them.

use std::sync::{
    Mutex,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::{Executor, raw_sql};
use trellis::config::ServerSettings;
use uuid::Uuid;

use super::people::{Patient, Practice, inserted, patient, practice, slot};
use crate::support::{Caller, Response, TestApp};

const OPERATIONS: usize = 10_000;
const AT_ONCE: usize = 24;
const APPOINTMENTS: &str = "/v1/visitnow/appointments";
const WAITLIST: &str = "/v1/visitnow/waitlist";

/// Numbers without a pattern, the same for the same seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % bound
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Whose, and where.
type Made = Mutex<Vec<(usize, String)>>;

/// What the requests are about.
struct Storm<'a> {
    practices: Vec<Practice<'a>>,
    patients: Vec<(Patient<'a>, Uuid)>,
    slots: Vec<Uuid>,
    /// What was made last.
    appointments: Made,
    entries: Made,
    left: AtomicUsize,
    refused: AtomicU64,
}

impl<'a> Storm<'a> {
    /// Three practices with slots at the same times, twelve patients with somebody whom they take care of.
    async fn new(app: &'a TestApp) -> Self {
        let (mut practices, mut patients, mut slots) = (Vec::new(), Vec::new(), Vec::new());
        for name in ["dora", "emil", "fred"] {
            let practice = practice(app, name).await;
            for hours in 48..62 {
                slots.push(slot(&practice, hours).await);
            }
            practices.push(practice);
        }
        for number in 0..12 {
            let patient = patient(app, &format!("patient{number}")).await;
            let child = format!(
                "visitnow.dependants (patient_id, full_name, relationship) values ('{}', 'x', 'child')",
                patient.id
            );
            patients.push((patient, inserted(app, &child).await));
        }
        Self {
            practices,
            patients,
            slots,
            appointments: Mutex::default(),
            entries: Mutex::default(),
            left: AtomicUsize::new(OPERATIONS),
            refused: AtomicU64::new(0),
        }
    }

    /// One request after the other, until enough were made by all.
    async fn blow(&self, app: &TestApp, mut dice: Dice) {
        let mut sql = app.sql().await;
        let take = || {
            self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
        };
        while take().is_ok() {
            let choice = dice.below(100);
            if choice < 4 {
                sql.execute(raw_sql(EXPIRE)).await.unwrap();
                continue;
            }
            let answer = self.ask(choice, &mut dice).await;
            assert!([200, 201, 404, 409, 422].contains(&answer.status), "{choice}: {answer:?}");
            if answer.status >= 400 {
                self.refused.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    async fn ask(&self, choice: usize, dice: &mut Dice) -> Response {
        let (who, slot) = (dice.below(self.patients.len()), *dice.one(&self.slots));
        let (patient, child) = &self.patients[who];
        let child = [None, Some(child)][dice.below(2)];
        let answer = match choice {
            ..30 => {
                let body = json!({"slotId": slot, "dependantId": child});
                Self::made(&self.appointments, who, patient.post(APPOINTMENTS, &body).await)
            }
            30..45 => {
                let body = json!({
                    "providerId": dice.one(&self.practices).id,
                    "desiredRange": {"start": super::people::in_hours(40), "end": super::people::in_hours(70)},
                });
                Self::made(&self.entries, who, patient.post(WAITLIST, &body).await)
            }
            45..60 => self.on(&self.entries, dice, "accept", json!({"dependantId": child})).await,
            60..64 => self.on(&self.entries, dice, "cancel", json!({})).await,
            64..84 => self.on(&self.appointments, dice, "cancel", json!({"reason": "x"})).await,
            84..94 => {
                self.on(&self.appointments, dice, "reschedule", json!({"slotId": slot})).await
            }
            _ => {
                let place = latest(&self.appointments, dice).1;
                let verb = ["confirm", "check-in"][dice.below(2)];
                dice.one(&self.practices).post(&format!("{place}/{verb}"), &json!({})).await
            }
        };
        if (45..60).contains(&choice) && answer.status == 201 {
            let place = answer.header("location").to_owned();
            let owner = self.owner(&answer.json());
            self.appointments.lock().unwrap().push((owner, place));
        }
        answer
    }

    /// A move of something that was made lately, by whom it was made; what it ends is forgotten.
    async fn on(&self, made: &Made, dice: &mut Dice, verb: &str, mut body: Value) -> Response {
        let (who, place) = latest(made, dice);
        let (patient, child) = &self.patients[who];
        if body["dependantId"].is_string() {
            body["dependantId"] = json!(child);
        }
        let answer = patient.post(&format!("{place}/{verb}"), &body).await;
        if answer.status < 300 && verb != "reschedule" {
            made.lock().unwrap().retain(|(_, other)| *other != place);
        }
        answer
    }

    fn owner(&self, appointment: &Value) -> usize {
        self.patients.iter().position(|(one, _)| appointment["patientId"] == json!(one.id)).unwrap()
    }

    fn made(made: &Mutex<Vec<(usize, String)>>, who: usize, answer: Response) -> Response {
        if answer.status == 201 {
            made.lock().unwrap().push((who, answer.header("location").to_owned()));
        }
        answer
    }
}

/// One of those that were made last.
fn latest(made: &Made, dice: &mut Dice) -> (usize, String) {
    let made = made.lock().unwrap();
    let from = made.len().saturating_sub(40);
    match made[from..] {
        [] => (0, format!("{APPOINTMENTS}/{}", Uuid::nil())),
        ref last => dice.one(last).clone(),
    }
}

/// Time passes for somebody who was offered a slot, and a server notices.
const EXPIRE: &str = "
    set session_replication_role = replica;
    update visitnow.slots set held_until = now() - interval '1 second'
    where id = (select id from visitnow.slots where status = 'held' order by random() limit 1 for update skip locked);
    set session_replication_role = origin;
    select visitnow.expire_hold()";

/// What must not be: its name, and how often it is.
pub const NEVER: &[(&str, &str)] = &[
    (
        "an appointment whose slot is not booked, or at another time",
        "select count(*) from visitnow.appointments as made
         left join visitnow.slots on slots.id = made.slot_id
         where made.status <> 'cancelled' and slot_id is not null and (slots.status, slots.start_at, slots.end_at, slots.mode, slots.provider_id)
           is distinct from ('booked', made.scheduled_start, made.scheduled_end, made.channel, made.provider_id)",
    ),
    (
        "a booked slot without exactly one appointment, or one that is not booked with one",
        "select count(*) from visitnow.slots
         where (status = 'booked')::integer <> (
           select count(*) from visitnow.appointments where slot_id = slots.id and status <> 'cancelled')",
    ),
    (
        "a held slot without exactly one offered entry of its provider, or an offered entry without a slot",
        "select count(*) from visitnow.slots full join visitnow.waitlist on held_for_id = waitlist.id
         where (slots.status is not distinct from 'held' or waitlist.status is not distinct from 'offered')
           and (slots.status, waitlist.status, slots.provider_id)
             is distinct from ('held', 'offered', waitlist.provider_id)",
    ),
    (
        "two appointments of a provider, or of a person treated, at once",
        "select count(*) from visitnow.appointments as one
         join visitnow.appointments as other on one.id < other.id
           and (one.provider_id = other.provider_id or coalesce(one.dependant_id, one.patient_id)
             = coalesce(other.dependant_id, other.patient_id))
           and (one.scheduled_start, one.scheduled_end) overlaps (other.scheduled_start, other.scheduled_end)
         where one.status not in ('cancelled', 'completed', 'no_show')
           and other.status not in ('cancelled', 'completed', 'no_show')",
    ),
    (
        "a timeline that does not begin with requested, end with the status, and lack nothing in between",
        "select count(*) from visitnow.appointments
         where timeline -> 0 ->> 'from' is not null
           or slot_id is not null and timeline -> 0 ->> 'to' is distinct from 'requested'
           or timeline -> -1 ->> 'to' is distinct from status::text
           or exists (
             select from generate_series(1, jsonb_array_length(timeline) - 1) as place
             where timeline -> place -> 'from' <> timeline -> (place - 1) -> 'to')",
    ),
    (
        "somebody who waits twice for the same provider",
        "select count(*) from (
           select from visitnow.waitlist where status in ('waiting', 'offered')
           group by patient_id, provider_id having count(*) > 1) as twice",
    ),
    (
        "two that waited for each other",
        "select deadlocks from pg_stat_database where datname = current_database()",
    ),
];

/// Nothing of what must not be is.
pub async fn assert_never(app: &TestApp) {
    for (what, sql) in NEVER {
        assert_eq!(app.count(sql).await, 0, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_requests_at_once_lose_and_double_nothing() {
    let seed = u64::try_from(chrono::Utc::now().timestamp_micros()).unwrap();
    println!("seed {seed}");
    let settings = ServerSettings { database_connections: Some(20), ..TestApp::settings() };
    let app = TestApp::with(&TestApp::database().await, settings).await;
    let _working = app.work();
    let storm = Storm::new(&app).await;
    let winds = (0..AT_ONCE as u64).map(|wind| storm.blow(&app, Dice(seed ^ wind << 32)));
    join_all(winds).await;
    assert_never(&app).await;
    assert_eq!(app.count("select count(*) from visitnow.slots").await, 42);
    let nowhere = "select count(*) from visitnow.appointments where slot_id is null";
    assert_eq!(app.count(nowhere).await, 0);
    // It was a storm: much was made, moved, offered and refused.
    let made = app.count("select count(*) from visitnow.appointments").await;
    let (accepted, expired) = (
        app.count("select count(*) from visitnow.waitlist where status = 'booked'").await,
        app.count("select count(*) from visitnow.waitlist where status = 'expired'").await,
    );
    let refused = storm.refused.load(Ordering::Relaxed);
    println!("{made} appointments, {accepted} accepted, {expired} expired, {refused} refused");
    assert!(made > 1000 && accepted > 50 && expired > 20 && refused > 1000, "seed {seed}");
}
