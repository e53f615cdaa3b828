-- Clears one-time tokens that are good for nothing any more. Oldest first, a thousand at once; nothing while another
-- server is at it.
with turn as materialized (
  select pg_try_advisory_xact_lock(hashtextextended('trellis.housekeeping', 0)) as ours
), expired as (
  select user_id, id
  from identity.one_time_tokens
  where (select ours from turn)
    and expires_at < now()
  order by expires_at
  limit 1000
), gone as (
  delete from identity.one_time_tokens as stale
  using expired
  where stale.user_id = expired.user_id
    and stale.id = expired.id
  returning stale.id
)
select turn.ours as "ours!", (select count(*) from gone) as "removed!"
from turn
