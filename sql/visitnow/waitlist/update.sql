-- $1 patient's user  $2 entry  $3 accepted versions  $4 start  $5 end
update visitnow.waitlist
set desired_range = tstzrange($4::timestamptz, $5::timestamptz)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and patient_id = (select id from visitnow.patients where user_id = $1)
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, patient_id, provider_id, desired_range, status, null::uuid as offered_slot_id,
          null::timestamptz as "held_until: Timestamp", created_at, updated_at, true as "is_patient!"
