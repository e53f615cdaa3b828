-- $1 owner  $2 conversation  $3 message
select id, conversation_id, role, content, metadata, created_at, updated_at
from coach.messages
where user_id = $1
  and conversation_id = $2
  and id = $3
