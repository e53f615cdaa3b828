-- $1 requester  $2 receiver
insert into mentorship.user_connections (requester_id, receiver_id)
select $1, $2
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, requester_id, receiver_id, status, created_at, updated_at
