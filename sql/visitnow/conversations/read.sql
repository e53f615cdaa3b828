-- The conversation is locked first, so that who reads at the same time waits there and not for single messages.
-- $1 reader  $2 conversation
with mine as materialized (
  select conversations.id, patients.user_id = $1 as is_patient
  from visitnow.conversations
  join visitnow.patients on patients.id = conversations.patient_id
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where conversations.id = $2
    and (patients.user_id = $1 or visitnow.acts_for($1, conversations.provider_id, 'messages:write'))
  for no key update of conversations
), done as (
  update visitnow.messages
  set read_at = statement_timestamp()
  from mine
  where messages.conversation_id = mine.id
    and messages.from_patient = not mine.is_patient
    and messages.read_at is null
  returning messages.id
)
select (select count(*) from done) as "read!"
from mine
