-- Forgets failed sign-ins after their time. Oldest first, a thousand at once; nothing while another server is at it.
with turn as materialized (
  select pg_try_advisory_xact_lock(hashtextextended('trellis.housekeeping', 0)) as ours
), expired as (
  select kind, subject_hash
  from identity.login_failures
  where (select ours from turn)
    and expires_at < now()
  order by expires_at
  limit 1000
), gone as (
  delete from identity.login_failures as stale
  using expired
  where stale.kind = expired.kind
    and stale.subject_hash = expired.subject_hash
  returning stale.subject_hash
)
select turn.ours as "ours!", (select count(*) from gone) as "removed!"
from turn
