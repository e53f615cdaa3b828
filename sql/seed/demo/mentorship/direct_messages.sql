-- $1 the organization of the demo
insert into mentorship.direct_messages (id, sender_id, receiver_id, message, read, created_at, updated_at)
select message.id,
       sender.id,
       receiver.id,
       message.message,
       message.read,
       now() - message."createdDaysAgo" * interval '1 day',
       now() - message."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'messages') as message (
  id uuid,
  sender text,
  receiver text,
  message text,
  read boolean,
  "createdDaysAgo" double precision)
join identity.users as sender on sender.id = ($1::jsonb #>> array['people', message.sender])::uuid
join identity.users as receiver on receiver.id = ($1::jsonb #>> array['people', message.receiver])::uuid
on conflict do nothing
