-- $1 owner  $2 conversation  $3 accepted versions  $4 title  $5 context  $6 metadata
update coach.conversations
set title = $4,
    context = $5,
    metadata = $6
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, title, context, metadata, created_at, updated_at
