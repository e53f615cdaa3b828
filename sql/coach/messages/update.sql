-- $1 owner  $2 conversation  $3 message  $4 accepted versions  $5 role  $6 content  $7 metadata
update coach.messages
set role = $5,
    content = $6,
    metadata = $7
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and conversation_id = $2
  and id = $3
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id, conversation_id, role, content, metadata, created_at, updated_at
