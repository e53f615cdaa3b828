-- $1 one of the two  $2 id
select id, requester_id, receiver_id, status, created_at, updated_at
from mentorship.user_connections
where id = $2
  and $1 in (requester_id, receiver_id)
