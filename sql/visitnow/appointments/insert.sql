-- Triggers take the slot, which says where and when, begin the timeline, and tell both sides.
-- $1 patient's user  $2 slot  $3 dependant  $4 service  $5 reason
insert into visitnow.appointments (patient_id, dependant_id, provider_id, service_id, slot_id, reason)
select visitnow.own_record($1), $3, slots.provider_id, $4, $2, $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
left join visitnow.slots on slots.id = $2
returning id, patient_id, dependant_id, provider_id, clinic_id, service_id, slot_id, scheduled_start, scheduled_end, status,
          channel, reason, timeline, rating, created_at, updated_at
