-- Books the slot that is held, in the patient's turn. What is not offered does not move; what is offered by now, though it was
-- not when this began, is not booked, which a trigger refuses.
-- $1 patient's user  $2 entry  $3 dependant  $4 service  $5 reason
with mine as (
  select visitnow.take_turn(id) as id
  from visitnow.patients
  where user_id = $1
), entry as (
  update visitnow.waitlist
  set status = 'booked'
  from mine
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where waitlist.id = $2
    and waitlist.patient_id = mine.id
  returning waitlist.id, waitlist.patient_id
)
insert into visitnow.appointments (patient_id, dependant_id, provider_id, service_id, slot_id, reason)
select entry.patient_id, $3, slots.provider_id, $4, slots.id, $5
from entry
join visitnow.slots on slots.held_for_id = entry.id
returning id, patient_id, dependant_id, provider_id, clinic_id, service_id, slot_id, scheduled_start, scheduled_end, status,
          channel, reason, timeline, rating, created_at, updated_at
