//! Slots on the days on which the clocks change.

use chrono::{Days, Utc};
use serde_json::json;
use sqlx::{AssertSqlSafe, Executor, Row, raw_sql};

use super::{
    availability_templates::{PATH, input},
    people::{Practice, practice},
};
use crate::support::{Caller, TestApp};

/// A practice with a clinic in this time zone, and a template of these hours; its id.
async fn template(practice: &Practice<'_>, zone: &str, hours: &str, minutes: i32) -> String {
    let (start, end) = hours.split_once('-').unwrap();
    let zone = format!(
        "update visitnow.clinics set time_zone = '{zone}' where id = '{}'",
        practice.clinic
    );
    practice.app.execute(&zone).await;
    practice.post(PATH, &input(practice, start, end, minutes)).await.id()
}

/// One column of texts.
async fn texts(app: &TestApp, sql: &str) -> Vec<String> {
    let rows = app.sql().await.fetch_all(raw_sql(AssertSqlSafe(sql))).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// When the slots of a day begin, in UTC.
async fn starts(app: &TestApp, template: &str, day: &str) -> String {
    let sql = format!(
        "select to_char(slot.start_at at time zone 'UTC', 'HH24:MI')
         from visitnow.availability_templates as template
         cross join visitnow.template_slots(template, '{day}', '{day}') as slot
         where template.id = '{template}'
         order by slot.start_at"
    );
    texts(app, &sql).await.join(" ")
}

#[tokio::test]
async fn hours_that_are_skipped_or_come_twice_are_meant_as_calendars_mean_them() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    for (zone, day, hours, minutes, expected) in [
        // Forward: from 02:00 to 03:00, 07:00 in UTC.
        ("America/New_York", "2027-03-14", "01:00-04:00", 60, "06:00 07:00"),
        ("America/New_York", "2027-03-14", "02:30-05:00", 30, "07:30 08:00 08:30"),
        ("America/New_York", "2027-03-14", "02:00-02:30", 30, "07:00"),
        ("America/New_York", "2027-03-14", "02:00-03:00", 30, ""),
        ("America/New_York", "2027-03-13", "02:00-03:00", 30, "07:00 07:30"),
        ("America/New_York", "2027-03-15", "02:00-03:00", 30, "06:00 06:30"),
        // Back: from 02:00 to 01:00, 06:00 in UTC.
        ("America/New_York", "2027-11-07", "01:00-02:00", 30, "05:00 05:30 06:00 06:30"),
        ("America/New_York", "2027-11-07", "01:30-03:00", 60, "05:30 06:30"),
        ("America/New_York", "2027-11-07", "00:00-01:30", 30, "04:00 04:30 05:00"),
        ("America/New_York", "2027-11-08", "01:00-02:00", 30, "06:00 06:30"),
        // Forward: from 02:00 to 03:00, 01:00 in UTC.
        ("Europe/Berlin", "2027-03-28", "01:00-04:00", 60, "00:00 01:00"),
        ("Europe/Berlin", "2027-03-28", "02:30-04:30", 60, "01:30"),
        // Back: from 03:00 to 02:00, 01:00 in UTC.
        ("Europe/Berlin", "2027-10-31", "02:00-03:00", 30, "00:00 00:30 01:00 01:30"),
        ("Europe/Berlin", "2027-10-31", "01:00-02:30", 30, "23:00 23:30 00:00"),
        ("Europe/Berlin", "2027-10-31", "23:00-24:00", 30, "22:00 22:30"),
        // At midnight, and by half an hour.
        ("America/Havana", "2027-03-14", "00:00-02:00", 30, "05:00 05:30"),
        ("Australia/Lord_Howe", "2027-10-03", "01:30-03:00", 30, "15:00 15:30"),
        ("Australia/Lord_Howe", "2027-04-04", "01:00-02:30", 30, "14:00 14:30 15:00 15:30"),
    ] {
        let template = template(&ann, zone, hours, minutes).await;
        assert_eq!(starts(&app, &template, day).await, expected, "{zone} {day} {hours}");
    }
}

#[tokio::test]
async fn a_day_of_25_hours_has_two_slots_more_than_one_of_23() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    for (zone, short, long) in [
        ("America/New_York", "2027-03-14", "2027-11-07"),
        ("Europe/Berlin", "2027-03-28", "2027-10-31"),
        ("America/Havana", "2027-03-14", "2027-11-07"),
    ] {
        let template = template(&ann, zone, "00:00-24:00", 60).await;
        for (day, slots) in [(short, 23), (long, 25), ("2027-06-01", 24)] {
            let found = starts(&app, &template, day).await;
            assert_eq!(found.split(' ').count(), slots, "{zone} {day}");
        }
    }
}

/// Whatever changes within the next 180 days: of two halves of the Earth, at least one does on nearly all days of the year.
#[tokio::test]
async fn around_the_clock_there_is_a_slot_for_every_hour_of_every_day() {
    let app = TestApp::new().await;
    for (name, zone) in
        [("ann", "America/New_York"), ("bob", "Europe/Berlin"), ("cat", "Australia/Sydney")]
    {
        let practice = practice(&app, name).await;
        let template = template(&practice, zone, "00:00-24:00", 60).await;
        let until = Utc::now().date_naive() + Days::new(179);
        let place = format!("{PATH}/{template}/materialize?until={until}");
        let made = practice.post(&place, &json!({})).await.ok(200);
        assert_eq!(practice.post(&place, &json!({})).await.ok(200)["kept"], made["created"]);
        let uneven = format!(
            "select day::date::text
             from generate_series(
               ((now() at time zone '{zone}')::date + 1)::timestamp, '{until}'::timestamp, interval '1 day') as day
             left join visitnow.slots on slots.template_id = '{template}'
               and (slots.start_at at time zone '{zone}')::date = day::date
             group by day
             having make_interval(hours => count(*)::int) <>
               (day + interval '1 day') at time zone '{zone}' - day at time zone '{zone}'"
        );
        assert_eq!(texts(&app, &uneven).await, Vec::<String>::new(), "{zone}");
        let gaps = format!(
            "select start_at::text
             from (select start_at, lag(end_at) over (order by start_at) as before from visitnow.slots
                   where template_id = '{template}') as slot
             where before <> start_at"
        );
        assert_eq!(texts(&app, &gaps).await, Vec::<String>::new(), "{zone}");
    }
}
