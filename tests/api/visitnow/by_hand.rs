//! What the database refuses whoever writes, by hand in psql too.

use sqlx::{AssertSqlSafe, Executor, raw_sql};

use super::people::{Practice, appointment, inserted, patient, practice, slot, staff};
use crate::support::TestApp;

/// Changes that no route makes, and the SQLSTATE of their refusal.
const REFUSED: &[(&str, &str)] = &[
    // Nobody is in two places at once.
    (
        "insert into visitnow.appointments (patient_id, provider_id, scheduled_start, scheduled_end, channel)
         select other.id, provider_id, scheduled_start + interval '10 minutes', scheduled_end, 'phone'
         from visitnow.appointments join visitnow.patients as other on other.id <> patient_id
         where slot_id is null and status = 'confirmed'",
        "23P01",
    ),
    (
        "insert into visitnow.appointments (patient_id, provider_id, scheduled_start, scheduled_end, channel)
         select patient_id, other.id, scheduled_start + interval '10 minutes', scheduled_end, 'phone'
         from visitnow.appointments join visitnow.providers as other on other.id <> provider_id
         where slot_id is null and appointments.status = 'confirmed'",
        "23P01",
    ),
    (
        "insert into visitnow.slots (provider_id, clinic_id, start_at, end_at, mode)
         select provider_id, clinic_id, start_at + interval '10 minutes', end_at, 'phone' from visitnow.slots",
        "23P01",
    ),
    // Slots are taken and given back by appointments and the waitlist alone.
    (
        "insert into visitnow.appointments (patient_id, provider_id, slot_id)
         select patients.id, provider_id, slots.id from visitnow.slots cross join visitnow.patients where status = 'booked'",
        "TR409",
    ),
    ("update visitnow.slots set status = 'open' where status = 'booked'", "TR409"),
    ("update visitnow.slots set status = 'booked' where status = 'open'", "TR409"),
    ("update visitnow.slots set status = 'open' where status = 'held'", "TR409"),
    ("update visitnow.slots set held_until = now() + interval '9 days' where status = 'held'", "TR409"),
    ("update visitnow.slots set start_at = start_at - interval '1 minute'", "TR409"),
    ("delete from visitnow.slots where status = 'booked'", "TR409"),
    ("delete from visitnow.clinics", "TR409"),
    ("update visitnow.waitlist set status = 'booked' where status = 'offered'", "TR409"),
    ("update visitnow.waitlist set status = 'offered' where status = 'waiting'", "TR409"),
    ("update visitnow.appointments set status = 'completed' where status = 'requested'", "TR409"),
    ("update visitnow.appointments set rating = 5 where status = 'confirmed'", "TR409"),
    // What belongs together stays together.
    (
        "insert into visitnow.availability_templates (provider_id, clinic_id, slot_duration)
         select providers.id, clinics.id, 30
         from visitnow.providers join visitnow.clinics on provider_id <> providers.id",
        "23503",
    ),
    (
        "insert into visitnow.appointments (patient_id, dependant_id, provider_id, scheduled_start, scheduled_end, channel)
         select patients.id, dependants.id, providers.id, now(), now() + interval '1 hour', 'phone'
         from visitnow.dependants
         join visitnow.patients on patients.id <> patient_id
         join visitnow.providers on display_name = 'art'",
        "23503",
    ),
    ("update visitnow.providers set user_id = (select user_id from visitnow.patients limit 1)", "TR409"),
    ("update visitnow.providers set rating_count = 9, rating_total = 45", "TR409"),
    ("update visitnow.clinics set provider_id = base.uuid_v7()", "TR409"),
    ("update visitnow.clinics set time_zone = 'Europe/Atlantis'", "23514"),
    ("update visitnow.clinics set geo = point(181, 0)", "23514"),
    ("update visitnow.staff_members set user_id = base.uuid_v7()", "TR409"),
    ("update visitnow.staff_members set permissions = '{everything:write}'", "23514"),
    ("update visitnow.patients set user_id = base.uuid_v7()", "TR409"),
    ("update visitnow.dependants set patient_id = base.uuid_v7()", "TR409"),
    ("update visitnow.appointments set patient_id = null", "TR409"),
    ("update visitnow.waitlist set provider_id = base.uuid_v7()", "TR409"),
];

#[tokio::test]
async fn nobody_is_booked_twice_and_nothing_changes_hands_by_hand() {
    let app = TestApp::new().await;
    let (ann, _) = (practice(&app, "ann").await, practice(&app, "art").await);
    busy(&app, &ann).await;
    let mut conn = app.sql().await;
    conn.execute(raw_sql("set role trellis_app; set search_path = extensions")).await.unwrap();
    for (statement, code) in REFUSED {
        let refused = conn.execute(raw_sql(AssertSqlSafe(*statement))).await;
        let refusal =
            refused.err().and_then(|error| Some(error.as_database_error()?.code()?.into_owned()));
        assert_eq!(refusal.as_deref(), Some(*code), "{statement}");
    }
}

/// A booked, a held and an open slot, somebody who waits, a confirmed appointment without a slot.
async fn busy(app: &TestApp, ann: &Practice<'_>) {
    let (pat, pit) = (patient(app, "pat").await, patient(app, "pit").await);
    staff(ann, "sam", &["clinic:write"]).await;
    inserted(
        app,
        &format!(
            "visitnow.dependants (patient_id, full_name, relationship) values ('{}', 'x', 'child')",
            pat.id
        ),
    )
    .await;
    appointment(ann, &pat, "confirmed", 99).await;
    slot(ann, 1).await;
    let (booked, freed) = (slot(ann, 2).await, slot(ann, 3).await);
    for taken in [booked, freed] {
        let visit = format!(
            "visitnow.appointments (patient_id, provider_id, slot_id) values ('{}', '{}', '{taken}')",
            pat.id, ann.id
        );
        inserted(app, &visit).await;
    }
    for waiting in [&pit, &pat] {
        let entry = format!(
            "visitnow.waitlist (patient_id, provider_id, desired_range)
             values ('{}', '{}', tstzrange(now(), now() + interval '1 day'))",
            waiting.id, ann.id
        );
        inserted(app, &entry).await;
    }
    app.execute(&format!(
        "update visitnow.appointments set status = 'cancelled' where slot_id = '{freed}'"
    ))
    .await;
    assert_eq!(app.count("select count(distinct status) from visitnow.slots").await, 3);
}
