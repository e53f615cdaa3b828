-- The patient reads it, the provider, and staff who write for them.
-- $1 reader  $2 conversation
select
  id,
  provider_id,
  (select display_name from visitnow.providers where id = conversations.provider_id) as "provider_name!: String",
  patient_id,
  (select full_name from visitnow.patients where id = conversations.patient_id) as "patient_name!: String",
  subject,
  unread_count_provider,
  unread_count_patient,
  created_at,
  updated_at
from visitnow.conversations
where id = $2
  and (
    patient_id = (select id from visitnow.patients where user_id = $1)
    or visitnow.acts_for($1, provider_id, 'messages:write'))
