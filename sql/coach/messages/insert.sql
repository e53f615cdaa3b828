-- Touches the conversation and takes its new time, which rises under the row's lock: so messages are strictly in order,
-- and nobody who has seen one will ever find another before it. No row where there is no such conversation.
-- $1 owner  $2 conversation  $3 role  $4 content  $5 metadata
with conversation as (
  update coach.conversations
  set updated_at = updated_at
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where user_id = $1
    and id = $2
  returning user_id, id, updated_at
)
insert into coach.messages (user_id, conversation_id, role, content, metadata, created_at, updated_at)
select user_id, id, $3, $4, $5, updated_at, updated_at
from conversation
returning id, conversation_id, role, content, metadata, created_at, updated_at
