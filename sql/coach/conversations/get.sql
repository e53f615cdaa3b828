-- $1 owner  $2 conversation
select id, title, context, metadata, created_at, updated_at
from coach.conversations
where user_id = $1
  and id = $2
