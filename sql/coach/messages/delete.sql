-- $1 owner  $2 conversation  $3 message  $4 accepted versions
delete from coach.messages
using (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and conversation_id = $2
  and id = $3
  and ($4::timestamptz[] is null or updated_at = any ($4))
returning id
