-- $1 the practices of the demo
insert into visitnow.patients
  (id, user_id, full_name, date_of_birth, gender, medical_history, primary_language, blood_group, allergies,
   created_at, updated_at)
select patient.id,
       person.id,
       patient."fullName",
       patient."dateOfBirth",
       patient.gender,
       patient."medicalHistory",
       patient."primaryLanguage",
       patient."bloodGroup",
       patient.allergies,
       now() - patient."createdDaysAgo" * interval '1 day',
       now() - patient."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'patients') as patient (
  id uuid,
  "user" text,
  "fullName" text,
  "dateOfBirth" date,
  gender visitnow.gender,
  "medicalHistory" jsonb,
  "primaryLanguage" text,
  "bloodGroup" visitnow.blood_group,
  allergies text[],
  "createdDaysAgo" double precision)
join identity.users as person on person.id = ($1::jsonb #>> array['people', patient."user"])::uuid
on conflict do nothing
