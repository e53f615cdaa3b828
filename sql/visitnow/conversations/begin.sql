-- $1 patient, or who writes for the provider  $2 provider  $3 patient, if a practice writes  $4 subject  $5 message
select
  begun.id as "id!",
  begun.provider_id as "provider_id!",
  (select display_name from visitnow.providers where id = begun.provider_id) as "provider_name!: String",
  begun.patient_id as "patient_id!",
  (select full_name from visitnow.patients where id = begun.patient_id) as "patient_name!: String",
  begun.subject as "subject!: String",
  begun.unread_count_provider as "unread_count_provider!",
  begun.unread_count_patient as "unread_count_patient!",
  begun.created_at as "created_at!",
  begun.updated_at as "updated_at!"
from (select set_config('trellis.actor', $1::uuid::text, true)::uuid as id) as actor
cross join lateral visitnow.begin_conversation(actor.id, $2, $3, $4, $5) as begun
