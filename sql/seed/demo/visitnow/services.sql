-- $1 the practices of the demo
insert into visitnow.services
  (id, provider_id, name, description, duration_minutes, mode, price, currency, is_active, created_at, updated_at)
select service.id,
       providers.id,
       service.name,
       service.description,
       service."durationMinutes",
       service.mode,
       service.price,
       service.currency,
       service."isActive",
       now() - service."createdDaysAgo" * interval '1 day',
       now() - service."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'services') as service (
  id uuid,
  provider uuid,
  name text,
  description text,
  "durationMinutes" integer,
  mode visitnow.visit_mode,
  price integer,
  currency text,
  "isActive" boolean,
  "createdDaysAgo" double precision)
join visitnow.providers on providers.id = service.provider
on conflict do nothing
