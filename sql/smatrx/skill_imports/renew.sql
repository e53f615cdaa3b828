-- Tells how far it is and renews the lease, unless another server has taken it meanwhile.
-- $1 owner  $2 import  $3 attempt  $4 progress  $5 message
update smatrx.skill_imports
set progress = $4,
    message = $5,
    leased_until = now() + interval '60 seconds'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and status = 'processing'
  and attempts = $3
returning id
