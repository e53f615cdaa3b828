-- Leases the next import to whoever asks: one whose lease has run out, else the oldest that nobody has begun. Servers
-- that ask at once get different ones.
with abandoned as materialized (
  select user_id, id
  from smatrx.skill_imports
  where status = 'processing'
    and leased_until < now()
    and attempts < 3
  order by leased_until, id
  limit 1
  for update skip locked
), fresh as materialized (
  select user_id, id
  from smatrx.skill_imports
  where status = 'pending'
    and not exists (select from abandoned)
  order by leased_until, id
  limit 1
  for update skip locked
), next as materialized (
  select user_id, id, set_config('trellis.actor', user_id::text, true) as actor
  from (select user_id, id from abandoned union all select user_id, id from fresh) as one
)
update smatrx.skill_imports as import
set status = 'processing',
    progress = 0,
    message = 'Reading the catalogue of skills',
    attempts = import.attempts + 1,
    leased_until = now() + interval '60 seconds',
    started_at = now()
from next
where import.user_id = next.user_id
  and import.id = next.id
returning import.user_id as owner, import.id, import.attempts as attempt
