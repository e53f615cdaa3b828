-- Of the patient, and of who acts for the provider: why the patient came is theirs alone after 90 days.
-- $1 actor  $2 appointment
select id, patient_id, dependant_id, provider_id, clinic_id, service_id, slot_id, scheduled_start, scheduled_end, status,
       channel,
       case
         when scheduled_end > now() - interval '90 days'
           or patient_id = (select id from visitnow.patients where user_id = $1)
         then reason
       end as reason,
       timeline, rating, created_at, updated_at
from visitnow.appointments
where id = $2
  and (patient_id = (select id from visitnow.patients where user_id = $1)
    or visitnow.acts_for($1, provider_id, 'appointments:write'))
