-- Marks verified ones whose last day is over (UTC). Longest over first, a thousand at once; nothing while another server is
-- at it. By their place in the table: what is changed at this moment has moved, and waits for the next round.
with turn as materialized (
  select pg_try_advisory_xact_lock(hashtextextended('trellis.housekeeping', 0)) as ours
), gone as (
  update visitnow.credentials
  set status = 'expired'
  where ctid = any (array(
    select ctid
    from visitnow.credentials
    where (select ours from turn)
      and status = 'verified'
      and expires_on < (now() at time zone 'UTC')::date
    order by expires_on
    limit 1000))
  returning id
)
select turn.ours as "ours!", (select count(*) from gone) as "removed!"
from turn
