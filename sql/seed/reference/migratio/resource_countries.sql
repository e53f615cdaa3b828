-- $1 the resources, which name countries by their codes
insert into migratio.resource_countries (resource_id, country_id, created_at)
select resource.id, country.id, resource.created_at
from jsonb_to_recordset($1::jsonb) as source (id uuid, "relatedCountries" text[])
join migratio.resources as resource on resource.id = source.id
join migratio.countries as country on country.alpha2 = any (source."relatedCountries")
on conflict do nothing
