-- $1 the practices of the demo
insert into visitnow.clinics
  (id, provider_id, name, address, geo, telehealth, contact, time_zone, created_at, updated_at)
select clinic.id,
       providers.id,
       clinic.name,
       clinic.address,
       point(clinic.longitude, clinic.latitude),
       clinic.telehealth,
       clinic.contact,
       clinic."timeZone",
       now() - clinic."createdDaysAgo" * interval '1 day',
       now() - clinic."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'clinics') as clinic (
  id uuid,
  provider uuid,
  name text,
  address jsonb,
  longitude double precision,
  latitude double precision,
  telehealth boolean,
  contact jsonb,
  "timeZone" text,
  "createdDaysAgo" double precision)
join visitnow.providers on providers.id = clinic.provider
on conflict do nothing
