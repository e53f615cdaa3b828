-- Of the patient, and of who acts for the provider.
-- $1 actor  $2 appointment
select id, patient_id, dependant_id, provider_id, clinic_id, service_id, slot_id, scheduled_start, scheduled_end, status,
       channel, reason, timeline, rating, created_at, updated_at
from visitnow.appointments
where id = $2
  and (patient_id = (select id from visitnow.patients where user_id = $1)
    or visitnow.acts_for($1, provider_id, 'appointments:write'))
