-- Clears notifications that are of no more use. Oldest first, a thousand at once; nothing while another server is at it.
with turn as materialized (
  select pg_try_advisory_xact_lock(hashtextextended('trellis.housekeeping', 0)) as ours
), gone as (
  delete from visitnow.notifications
  where ctid = any (array(
    select ctid
    from visitnow.notifications
    where (select ours from turn)
      and expires_at <= now()
    order by expires_at
    limit 1000))
  returning expires_at
)
select turn.ours as "ours!", (select count(*) from gone) as "removed!"
from turn
