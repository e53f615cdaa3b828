-- $1 the practices of the demo
insert into visitnow.dependants
  (id, patient_id, full_name, relationship, date_of_birth, notes, created_at, updated_at)
select dependant.id,
       patients.id,
       dependant."fullName",
       dependant.relationship,
       dependant."dateOfBirth",
       dependant.notes,
       now() - dependant."createdDaysAgo" * interval '1 day',
       now() - dependant."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'dependants') as dependant (
  id uuid,
  patient uuid,
  "fullName" text,
  relationship text,
  "dateOfBirth" date,
  notes text,
  "createdDaysAgo" double precision)
join visitnow.patients on patients.id = dependant.patient
on conflict do nothing
