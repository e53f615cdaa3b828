-- A trigger counts it for the provider, who is locked first, as when they leave.
-- $1 patient's user  $2 appointment  $3 rating
with provider as (
  select providers.id
  from visitnow.appointments
  join visitnow.providers on providers.id = appointments.provider_id
  where appointments.id = $2
    and appointments.patient_id = (select id from visitnow.patients where user_id = $1)
    and appointments.status = 'completed'
  for no key update of providers
)
update visitnow.appointments
set rating = $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
left join provider on true
where appointments.id = $2
  and patient_id = (select id from visitnow.patients where user_id = $1)
returning appointments.id, appointments.patient_id, appointments.dependant_id, appointments.provider_id, appointments.clinic_id,
          appointments.service_id, appointments.slot_id, appointments.scheduled_start, appointments.scheduled_end,
          appointments.status, appointments.channel, appointments.reason, appointments.timeline,
          appointments.rating, appointments.created_at, appointments.updated_at
