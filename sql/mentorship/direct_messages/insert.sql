-- Nothing is written to somebody who does not want it; a message to oneself is left to its constraint.
-- $1 sender  $2 receiver  $3 message
insert into mentorship.direct_messages (sender_id, receiver_id, message)
select $1, $2, $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $1::uuid = $2::uuid
   or mentorship.may_write($1, $2)
returning id, sender_id, receiver_id, message, read, created_at, updated_at
