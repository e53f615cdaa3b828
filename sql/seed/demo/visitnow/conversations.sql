-- $1 the practices of the demo
insert into visitnow.conversations
  (id, provider_id, patient_id, subject, unread_count_provider, unread_count_patient, created_at, updated_at)
select conversation.id,
       providers.id,
       patients.id,
       conversation.subject,
       tally.to_provider,
       tally.to_patient,
       tally.first,
       tally.last
from jsonb_to_recordset($1::jsonb -> 'conversations') as conversation (
  id uuid,
  patient uuid,
  provider uuid,
  subject text,
  messages jsonb)
join visitnow.patients on patients.id = conversation.patient
join visitnow.providers on providers.id = conversation.provider
cross join lateral (
  select
    count(*) filter (where not message.read and author.id = patients.user_id),
    count(*) filter (where not message.read and author.id <> patients.user_id),
    now() - max(message."createdDaysAgo") * interval '1 day',
    now() - min(message."createdDaysAgo") * interval '1 day'
  from jsonb_to_recordset(conversation.messages) as message ("by" text, read boolean, "createdDaysAgo" double precision)
  join identity.users as author on author.id = ($1::jsonb #>> array['people', message."by"])::uuid
) as tally (to_provider, to_patient, first, last)
on conflict do nothing
