-- $1 owner  $2 import  $3 attempt  $4 error
update smatrx.skill_imports
set status = 'failed',
    message = null,
    error = $4,
    resume = null,
    items = null,
    leased_until = null,
    completed_at = now()
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and status = 'processing'
  and attempts = $3
returning id
