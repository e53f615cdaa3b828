//! Who the tests are about, made in the database: practices with a place and slots, staff, patients.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use sqlx::Row;
use uuid::Uuid;

use crate::support::{TestApp, User};

/// A doctor with an active profile and a clinic in Berlin.
pub struct Practice<'a> {
    pub doctor: User<'a>,
    pub id: Uuid,
    pub clinic: Uuid,
}

/// A patient with a record.
pub struct Patient<'a> {
    pub user: User<'a>,
    pub id: Uuid,
}

impl<'a> Deref for Practice<'a> {
    type Target = User<'a>;

    fn deref(&self) -> &User<'a> {
        &self.doctor
    }
}

impl<'a> Deref for Patient<'a> {
    type Target = User<'a>;

    fn deref(&self) -> &User<'a> {
        &self.user
    }
}

/// An active provider of this name.
pub async fn practice<'a>(app: &'a TestApp, name: &str) -> Practice<'a> {
    let doctor = app.user_with_roles(name, &["visitnow:doctor"]).await;
    let id = inserted(
        app,
        &format!(
            "visitnow.providers (user_id, display_name, status) values ('{}', '{name}', 'active')",
            doctor.id
        ),
    )
    .await;
    let clinic = inserted(
        app,
        &format!(
            "visitnow.clinics (provider_id, name, time_zone) values ('{id}', '{name}''s', 'Europe/Berlin')"
        ),
    )
    .await;
    Practice { doctor, id, clinic }
}

/// Somebody who works for a provider, with these permissions.
pub async fn staff<'a>(practice: &Practice<'a>, name: &str, permissions: &[&str]) -> User<'a> {
    let member = practice.app.user_with_roles(name, &["visitnow:staff"]).await;
    let insert = format!(
        "visitnow.staff_members (provider_id, user_id, role, permissions) values ('{}', '{}', 'assistant', '{{{}}}')",
        practice.id,
        member.id,
        permissions.join(",")
    );
    inserted(practice.app, &insert).await;
    member
}

/// A patient of this name.
pub async fn patient<'a>(app: &'a TestApp, name: &str) -> Patient<'a> {
    let user = app.user_with_roles(name, &["visitnow:patient"]).await;
    let insert = format!("visitnow.patients (user_id, full_name) values ('{}', '{name}')", user.id);
    let id = inserted(app, &insert).await;
    Patient { user, id }
}

/// An open slot for a video visit of half an hour, so many hours from now, on the hour.
pub async fn slot(practice: &Practice<'_>, hours: i64) -> Uuid {
    slot_at(practice, &in_hours(hours)).await
}

/// An open slot for a video visit of half an hour.
pub async fn slot_at(practice: &Practice<'_>, start: &str) -> Uuid {
    let insert = format!(
        "visitnow.slots (provider_id, clinic_id, start_at, end_at, mode)
         values ('{}', '{}', '{start}', '{start}'::timestamptz + interval '30 minutes', 'video')",
        practice.id, practice.clinic
    );
    inserted(practice.app, &insert).await
}

/// An appointment without a slot in this status, so many hours from now (negative: ago), for half an hour.
pub async fn appointment(
    practice: &Practice<'_>,
    patient: &Patient<'_>,
    status: &str,
    hours: i64,
) -> Uuid {
    let start = in_hours(hours);
    let insert = format!(
        "visitnow.appointments (patient_id, provider_id, clinic_id, scheduled_start, scheduled_end, channel, status)
         values ('{}', '{}', '{}', '{start}', '{start}'::timestamptz + interval '30 minutes', 'video', '{status}')",
        patient.id, practice.id, practice.clinic
    );
    inserted(practice.app, &insert).await
}

/// The hour that is so many from now.
pub fn in_hours(hours: i64) -> String {
    let now = Utc::now().timestamp() / 3600 * 3600;
    DateTime::from_timestamp(now + hours * 3600, 0).unwrap().to_rfc3339()
}

/// The id of a row that is inserted by hand.
pub async fn inserted(app: &TestApp, insert: &str) -> Uuid {
    let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("insert into {insert} returning id")));
    sqlx::Executor::fetch_one(&mut app.sql().await, sql).await.unwrap().get(0)
}
