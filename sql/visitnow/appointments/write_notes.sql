-- $1 provider's user  $2 appointment  $3 accepted versions  $4 notes
update visitnow.appointments
set notes = $4
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and provider_id = (select id from visitnow.providers where user_id = $1)
  and visitnow.treats($1, patient_id)
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, notes, updated_at
