-- $1 sender or receiver  $2 message
select id, sender_id, receiver_id, message, read, created_at, updated_at
from mentorship.direct_messages
where id = $2
  and $1 in (sender_id, receiver_id)
