-- An import that is done; what it found is what the person has.
-- $1 a person of the demo  $2 their id
insert into smatrx.skill_imports
  (user_id, id, source, status, progress, message, results, attempts, started_at, completed_at, created_at, updated_at)
select $2::uuid,
       import.id,
       import.source,
       'completed',
       100,
       'done',
       jsonb_build_object(
         'matched', found.matched,
         'unknown', '[]'::jsonb,
         'created', jsonb_array_length(found.matched),
         'updated', 0),
       1,
       made.at,
       made.at + interval '2 seconds',
       made.at,
       made.at + interval '2 seconds'
from jsonb_to_recordset($1::jsonb #> '{smatrx,imports}') as import (
  id uuid,
  source smatrx.import_source,
  skills text[],
  "daysAgo" double precision)
cross join lateral (
  select coalesce(jsonb_agg(jsonb_build_object('skillId', id, 'name', name) order by name), '[]')
  from smatrx.skills
  where lower(name) in (select lower(wanted) from unnest(import.skills) as wanted)
) as found (matched)
cross join lateral (select now() - import."daysAgo" * interval '1 day') as made (at)
on conflict do nothing
