-- $1 the practices of the demo
insert into visitnow.providers
  (id, user_id, display_name, specializations, languages, about, experience_years, status, created_at, updated_at)
select provider.id,
       person.id,
       provider."displayName",
       provider.specializations,
       provider.languages,
       provider.about,
       provider."experienceYears",
       provider.status,
       now() - provider."createdDaysAgo" * interval '1 day',
       now() - provider."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'providers') as provider (
  id uuid,
  "user" text,
  "displayName" text,
  specializations text[],
  languages text[],
  about text,
  "experienceYears" integer,
  status visitnow.provider_status,
  "createdDaysAgo" double precision)
join identity.users as person on person.id = ($1::jsonb #>> array['people', provider."user"])::uuid
on conflict do nothing
