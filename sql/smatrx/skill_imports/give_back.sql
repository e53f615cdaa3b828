-- As if it had never been taken: it uses up no attempt.
-- $1 owner  $2 import  $3 attempt
update smatrx.skill_imports
set status = 'pending',
    progress = 0,
    message = null,
    attempts = attempts - 1,
    leased_until = null
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and status = 'processing'
  and attempts = $3
returning id
