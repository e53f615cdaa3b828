-- A trigger offers the slot, if one is held, to the next.
-- $1 patient's user  $2 entry
update visitnow.waitlist
set status = 'cancelled'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and patient_id = (select id from visitnow.patients where user_id = $1)
returning id, patient_id, provider_id, desired_range, status, null::uuid as offered_slot_id,
          null::timestamptz as "held_until: Timestamp", created_at, updated_at, true as "is_patient!"
