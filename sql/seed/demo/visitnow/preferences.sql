-- $1 the practices of the demo
insert into visitnow.preferences (id, patient_id, channels, languages, consents, created_at, updated_at)
select preference.id,
       patients.id,
       preference.channels,
       preference.languages,
       preference.consents,
       now() - preference."createdDaysAgo" * interval '1 day',
       now() - preference."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'preferences') as preference (
  id uuid,
  patient uuid,
  channels jsonb,
  languages text[],
  consents jsonb,
  "createdDaysAgo" double precision)
join visitnow.patients on patients.id = preference.patient
on conflict do nothing
