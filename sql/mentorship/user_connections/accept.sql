-- $1 one of the two  $2 id
update mentorship.user_connections
set status = 'accepted'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and $1 in (requester_id, receiver_id)
returning id, requester_id, receiver_id, status, created_at, updated_at
