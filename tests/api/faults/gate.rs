use sqlx::{Executor, PgConnection, raw_sql};

use super::until;
use crate::support::TestApp;

/// Changes of jobs wait at it, in the middle of their statement.
pub struct Gate {
    keeper: PgConnection,
}

const BUILD: &str = "
    create function public.pass_gate() returns trigger language plpgsql as $$
    begin
      while not pg_try_advisory_xact_lock_shared(77) loop
        perform pg_sleep(0.01);
      end loop;
      return new;
    end $$;
    create trigger a_gate before update on coach.jobs for each row execute function public.pass_gate();
    select pg_advisory_lock(77)";

impl Gate {
    /// Closes the way to the jobs of this database.
    pub async fn close(app: &TestApp) -> Self {
        let mut keeper = app.sql().await;
        keeper.execute(raw_sql(BUILD)).await.unwrap();
        Self { keeper }
    }

    /// Waits until so many statements stand before it.
    pub async fn besieged(app: &TestApp, statements: i64) {
        let waiting = "select count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'trellis' and state = 'active'";
        until("statements at the gate", async || app.count(waiting).await == statements).await;
    }

    /// Lets everybody through.
    pub async fn open(mut self) {
        self.keeper.execute(raw_sql("select pg_advisory_unlock(77)")).await.unwrap();
    }
}
