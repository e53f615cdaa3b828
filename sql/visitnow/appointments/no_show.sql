-- $1 actor  $2 appointment  $3 note
update visitnow.appointments
set status = 'no_show'
from (
  select set_config('trellis.actor', $1::uuid::text, true), set_config('trellis.note', coalesce($3, ''), true)
) as actor
where id = $2
  and (patient_id = (select id from visitnow.patients where user_id = $1)
    or visitnow.acts_for($1, provider_id, 'appointments:write'))
returning id, patient_id, dependant_id, provider_id, clinic_id, service_id, slot_id, scheduled_start, scheduled_end, status,
          channel, reason, timeline, rating, created_at, updated_at
