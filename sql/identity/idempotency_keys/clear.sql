-- Forgets the answers to requests that carried an Idempotency-Key. Oldest first, a thousand at once; nothing while
-- another server is at it.
with turn as materialized (
  select pg_try_advisory_xact_lock(hashtextextended('trellis.housekeeping', 0)) as ours
), expired as (
  select user_id, key
  from identity.idempotency_keys
  where (select ours from turn)
    and expires_at < now()
  order by expires_at
  limit 1000
), gone as (
  delete from identity.idempotency_keys as stale
  using expired
  where stale.user_id = expired.user_id
    and stale.key = expired.key
  returning stale.key
)
select turn.ours as "ours!", (select count(*) from gone) as "removed!"
from turn
