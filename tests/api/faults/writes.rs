//! Jobs, made while something breaks, and what must be true of them afterwards.

use std::{collections::BTreeSet, ops::ControlFlow, sync::Mutex};

use reqwest::Method;
use serde_json::json;
use sqlx::{Executor, Row, raw_sql};

use super::until;
use crate::support::{Caller, Response, TestApp, User};

pub const JOBS: &str = "/v1/coach/jobs";

/// Titles that begin so are also the Idempotency-Key of their request.
const KEYED: &str = "key-";

fn keyed(title: &str) -> bool {
    title.starts_with(KEYED)
}

/// What was acknowledged, and what was asked for without an answer.
#[derive(Default)]
pub struct Ledger {
    pub acknowledged: Mutex<BTreeSet<String>>,
    pub unanswered: Mutex<BTreeSet<String>>,
}

impl Ledger {
    pub fn acknowledged(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }

    /// Makes one job. No answer, or 503: nobody knows whether it was made.
    async fn write(&self, user: &User<'_>, title: &str) -> ControlFlow<()> {
        let sent =
            user.request(Method::POST, JOBS).json(&json!({"title": title, "company": "Acme"}));
        let sent = if keyed(title) { sent.header("idempotency-key", title) } else { sent };
        let answer = match sent.send().await {
            Ok(response) => response.status().as_u16(),
            Err(_) => 0,
        };
        match answer {
            201 => {
                self.unanswered.lock().unwrap().remove(title);
                self.acknowledged.lock().unwrap().insert(title.to_owned());
                ControlFlow::Continue(())
            }
            0 | 503 => {
                self.unanswered.lock().unwrap().insert(title.to_owned());
                ControlFlow::Break(())
            }
            other => panic!("{title}: {other}"),
        }
    }

    /// Writes one job after the other, every other with a key, until an answer fails to come.
    pub async fn write_on(&self, user: &User<'_>, series: &str) {
        for number in 0.. {
            let kind = if number % 2 == 0 { KEYED } else { "" };
            if self.write(user, &format!("{kind}{series}-{number}")).await.is_break() {
                return;
            }
        }
    }

    /// Repeats every request that has a key and was not answered: it was done, or is done now.
    pub async fn repeat_unanswered(&self, user: &User<'_>) {
        let titles = self.unanswered.lock().unwrap().clone();
        for title in titles.into_iter().filter(|title| keyed(title)) {
            let body = json!({"title": title, "company": "Acme"});
            until("the first attempt is over", async || {
                let header = ("idempotency-key", title.as_str());
                let answer: Response = user.send(Method::POST, JOBS, header, Some(&body)).await;
                match answer.status {
                    // The statement of the dead server is still running.
                    409 => false,
                    _ => answer.ok(201).is_object(),
                }
            })
            .await;
            self.unanswered.lock().unwrap().remove(&title);
            self.acknowledged.lock().unwrap().insert(title);
        }
    }

    /// Everything that was acknowledged is there, once and whole, and nothing else is.
    pub async fn assert_kept(&self, app: &TestApp) {
        let rest = "select count(*) from pg_stat_activity where datname = current_database()
            and application_name = 'trellis' and state <> 'idle'";
        until("the statements are over", async || app.count(rest).await == 0).await;
        let mut conn = app.sql().await;
        let titles = conn.fetch_all(raw_sql("select title::text from coach.jobs")).await.unwrap();
        let count = titles.len();
        let titles: BTreeSet<String> = titles.iter().map(|row| row.get(0)).collect();
        assert_eq!(titles.len(), count, "jobs that were made twice");
        let known = self.acknowledged.lock().unwrap().clone();
        let unknown = self.unanswered.lock().unwrap().clone();
        let lost: Vec<_> = known.difference(&titles).collect();
        assert!(lost.is_empty(), "acknowledged and gone: {lost:?}");
        let stray: Vec<_> =
            titles.difference(&known).filter(|title| !unknown.contains(*title)).collect();
        assert!(stray.is_empty(), "made by nobody: {stray:?}");
        let halves = conn.fetch_all(raw_sql(HALVES)).await.unwrap();
        let halves: Vec<String> = halves.iter().map(|row| row.get(0)).collect();
        assert!(halves.is_empty(), "half-done: {halves:#?}");
    }
}

/// What is there without what belongs to it.
const HALVES: &str = "
    with logged as (
      select entity_type, entity_id, count(*), count(actor_id) as actors
      from audit.logs
      where action = 'insert'
      group by entity_type, entity_id)
    select 'job without its one audit row: ' || job.title
    from coach.jobs as job
    left join logged on logged.entity_type = 'coach.jobs' and logged.entity_id = job.id
    where logged.count is distinct from 1 or logged.actors is distinct from 1
    union all
    select 'job without its one change of status: ' || job.title
    from coach.jobs as job
    where 1 <> (select count(*) from coach.status_changes as change
                where (change.user_id, change.job_id) = (job.user_id, job.id) and change.to_status = job.status)
    union all
    select 'change of status without its audit row: ' || change.id
    from coach.status_changes as change
    left join logged on logged.entity_type = 'coach.status_changes' and logged.entity_id = change.id
    where logged.count is distinct from 1
    union all
    select 'audit row without its job: ' || logged.entity_id
    from logged
    where logged.entity_type = 'coach.jobs'
      and not exists (select from coach.jobs as job where job.id = logged.entity_id)
    union all
    select 'audit row without its change of status: ' || logged.entity_id
    from logged
    where logged.entity_type = 'coach.status_changes'
      and not exists (select from coach.status_changes as change where change.id = logged.entity_id)
    union all
    select 'job without its idempotency key: ' || job.title
    from coach.jobs as job
    where job.title like 'key-%'
      and not exists (select from identity.idempotency_keys as key
                      where (key.user_id, key.key) = (job.user_id, job.title))
    union all
    select 'idempotency key without its job: ' || key.key
    from identity.idempotency_keys as key
    where not exists (select from coach.jobs as job where (job.user_id, job.title) = (key.user_id, key.key))";
