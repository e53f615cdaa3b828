-- $1 the practices of the demo
insert into visitnow.messages (id, conversation_id, sender_id, from_patient, content, read_at, created_at, updated_at)
select message.id,
       conversations.id,
       author.id,
       author.id = patients.user_id,
       message.content,
       case when message.read then sent.at + interval '1 hour' end,
       sent.at,
       sent.at
from jsonb_to_recordset($1::jsonb -> 'conversations') as demo (id uuid, messages jsonb)
join visitnow.conversations on conversations.id = demo.id
join visitnow.patients on patients.id = conversations.patient_id
cross join jsonb_to_recordset(demo.messages) as message (
  id uuid,
  "by" text,
  content text,
  read boolean,
  "createdDaysAgo" double precision)
join identity.users as author on author.id = ($1::jsonb #>> array['people', message."by"])::uuid
cross join lateral (select now() - message."createdDaysAgo" * interval '1 day') as sent (at)
on conflict do nothing
