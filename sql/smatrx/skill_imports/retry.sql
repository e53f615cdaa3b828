-- The lease ends soon, and then any server may try again.
-- $1 owner  $2 import  $3 attempt  $4 message
update smatrx.skill_imports
set progress = 0,
    message = $4,
    leased_until = now() + attempts * interval '10 seconds'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and status = 'processing'
  and attempts = $3
returning id
