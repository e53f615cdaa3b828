-- $1 the practices of the demo
insert into visitnow.availability_templates
  (id, provider_id, clinic_id, slot_duration, buffer_minutes, slots, created_at, updated_at)
select template.id,
       clinics.provider_id,
       clinics.id,
       template."slotDuration",
       template."bufferMinutes",
       template.slots,
       now() - template."createdDaysAgo" * interval '1 day',
       now() - template."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'templates') as template (
  id uuid,
  provider uuid,
  clinic uuid,
  "slotDuration" integer,
  "bufferMinutes" integer,
  slots jsonb,
  "createdDaysAgo" double precision)
join visitnow.clinics on clinics.provider_id = template.provider and clinics.id = template.clinic
on conflict do nothing
