-- The patient's own, or those of a provider who treats them, whose reading is logged, by the name of who acts.
-- $1 actor  $2 appointment
select appointments.id, appointments.notes, appointments.updated_at
from (select set_config('trellis.actor', $1::uuid::text, true)::uuid as id) as actor
cross join visitnow.appointments
join visitnow.patients on patients.id = appointments.patient_id
where appointments.id = $2
  and case
    when patients.user_id = actor.id then true
    when appointments.provider_id = (select id from visitnow.providers where user_id = $1)
      and visitnow.treats(actor.id, appointments.patient_id)
    then audit.record_read('visitnow.appointments', appointments.id) is not null
    else false
  end
