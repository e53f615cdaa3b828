-- A page of a conversation, newest message first; no row where there is no such conversation.
-- $1 owner  $2 conversation  $3 last id seen  $4 last time seen  $5 rows
select
  array(
    select to_jsonb(message)
    from coach.messages as message
    where message.user_id = $1
      and message.conversation_id = conversation.id
      and (message.created_at, message.id) < (
        coalesce($4, 'infinity'::timestamptz),
        coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    order by message.created_at desc, message.id desc
    limit $5
  ) as "messages!: Vec<Message>"
from coach.conversations as conversation
where conversation.user_id = $1
  and conversation.id = $2
