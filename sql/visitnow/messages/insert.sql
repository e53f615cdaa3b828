-- It is the patient's if the patient writes it, whoever else they are.
-- $1 sender  $2 conversation  $3 content
insert into visitnow.messages (conversation_id, sender_id, from_patient, content)
select conversations.id, $1, patients.user_id = $1, $3
from visitnow.conversations
join visitnow.patients on patients.id = conversations.patient_id
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where conversations.id = $2
  and (patients.user_id = $1 or visitnow.acts_for($1, conversations.provider_id, 'messages:write'))
returning id, conversation_id, sender_id, from_patient, content, read_at, created_at, updated_at
