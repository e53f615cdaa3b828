-- Fails an import that has been begun three times, the last time by a server that has not finished it.
with spent as materialized (
  select user_id, id
  from smatrx.skill_imports
  where status = 'processing'
    and leased_until < now()
    and attempts >= 3
  order by leased_until, id
  limit 1
  for update skip locked
), lost as materialized (
  select user_id, id, set_config('trellis.actor', user_id::text, true) as actor
  from spent
)
update smatrx.skill_imports as import
set status = 'failed',
    message = null,
    error = 'Tried three times in vain. The last time: it was not finished within a minute.',
    resume = null,
    items = null,
    leased_until = null,
    completed_at = now()
from lost
where import.user_id = lost.user_id
  and import.id = lost.id
returning import.id
