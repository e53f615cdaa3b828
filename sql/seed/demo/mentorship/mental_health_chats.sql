-- $1 the organization of the demo
insert into mentorship.mental_health_chats (user_id, id, message, is_from_user, sentiment, created_at, updated_at)
select person.id,
       chat.id,
       chat.message,
       chat."isFromUser",
       chat.sentiment,
       now() - chat."createdDaysAgo" * interval '1 day',
       now() - chat."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'chats') as chat (
  id uuid,
  "user" text,
  "isFromUser" boolean,
  message text,
  sentiment text,
  "createdDaysAgo" double precision)
join identity.users as person on person.id = ($1::jsonb #>> array['people', chat."user"])::uuid
on conflict do nothing
