-- $1 a person of the demo  $2 their id
insert into coach.messages (user_id, id, conversation_id, role, content, metadata, created_at, updated_at)
select $2::uuid,
       message.id,
       conversation.id,
       message.role,
       message.content,
       message.metadata,
       now() - message."daysAgo" * interval '1 day',
       now() - message."daysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,conversations}') as conversation (id uuid, messages jsonb)
cross join jsonb_to_recordset(conversation.messages) as message (
  id uuid,
  role coach.message_role,
  content text,
  metadata jsonb,
  "daysAgo" double precision)
on conflict do nothing
