-- A conversation last changed when its latest message came.
-- $1 a person of the demo  $2 their id
insert into coach.conversations (user_id, id, title, context, metadata, created_at, updated_at)
select $2::uuid,
       conversation.id,
       conversation.title,
       conversation.context,
       conversation.metadata,
       now() - conversation."createdDaysAgo" * interval '1 day',
       now() - spoken."daysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,conversations}') as conversation (
  id uuid,
  title text,
  context text,
  metadata jsonb,
  "createdDaysAgo" double precision,
  messages jsonb)
cross join lateral (
  select min(message."daysAgo")
  from jsonb_to_recordset(conversation.messages) as message ("daysAgo" double precision)
) as spoken ("daysAgo")
on conflict do nothing
