-- $1 receiver  $2 sender
with done as (
  update mentorship.direct_messages
  set read = true
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where receiver_id = $1
    and sender_id = $2
    and not read
  returning id
)
select count(*) as "read!"
from done
