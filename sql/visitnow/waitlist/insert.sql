-- $1 patient's user  $2 provider  $3 start  $4 end
insert into visitnow.waitlist (patient_id, provider_id, desired_range)
select visitnow.own_record($1), $2, tstzrange($3::timestamptz, $4::timestamptz)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, patient_id, provider_id, desired_range, status, null::uuid as offered_slot_id,
          null::timestamptz as "held_until: Timestamp", created_at, updated_at, true as "is_patient!"
