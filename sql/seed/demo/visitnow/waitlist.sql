-- $1 the practices of the demo
insert into visitnow.waitlist (id, patient_id, provider_id, desired_range, status, created_at, updated_at)
select entry.id,
       patients.id,
       providers.id,
       tstzrange(
         date_trunc('hour', now() + entry."fromInDays" * interval '1 day'),
         date_trunc('hour', now() + entry."toInDays" * interval '1 day')),
       entry.status,
       now() - entry."createdDaysAgo" * interval '1 day',
       now() - entry."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'waitlist') as entry (
  id uuid,
  patient uuid,
  provider uuid,
  "fromInDays" double precision,
  "toInDays" double precision,
  status visitnow.waitlist_status,
  "createdDaysAgo" double precision)
join visitnow.patients on patients.id = entry.patient
join visitnow.providers on providers.id = entry.provider
on conflict do nothing
