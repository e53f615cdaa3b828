-- Whether who may read the notes is the patient; no row: they may not. Nothing is read, so nothing is logged.
-- $1 actor  $2 appointment
select patients.user_id = $1 as "is_patient!"
from visitnow.appointments
join visitnow.patients on patients.id = appointments.patient_id
where appointments.id = $2
  and (patients.user_id = $1
    or appointments.provider_id = (select id from visitnow.providers where user_id = $1)
    and visitnow.treats($1, appointments.patient_id))
