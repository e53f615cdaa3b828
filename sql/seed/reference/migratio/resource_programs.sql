-- $1 the resources, which name programmes by their countries and names
insert into migratio.resource_programs (resource_id, program_id, created_at)
select resource.id, program.id, resource.created_at
from jsonb_to_recordset($1::jsonb) as source (id uuid, "relatedPrograms" jsonb)
join migratio.resources as resource on resource.id = source.id
cross join jsonb_to_recordset(source."relatedPrograms") as related (country text, name text)
join migratio.countries as country on country.alpha2 = related.country
join migratio.programs as program on program.country_id = country.id and lower(program.name) = lower(related.name)
on conflict do nothing
