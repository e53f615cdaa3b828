-- Clears one-time tokens that are good for nothing any more. Oldest first, a thousand at once; nothing while another
-- server is at it.
-- By their place in the table: what is renewed at this moment has moved, and stays.
with turn as materialized (
  select pg_try_advisory_xact_lock(hashtextextended('trellis.housekeeping', 0)) as ours
), gone as (
  delete from identity.one_time_tokens
  where ctid = any (array(
    select ctid
    from identity.one_time_tokens
    where (select ours from turn)
      and expires_at < now()
    order by expires_at
    limit 1000))
  returning expires_at
)
select turn.ours as "ours!", (select count(*) from gone) as "removed!"
from turn
