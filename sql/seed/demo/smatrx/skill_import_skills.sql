-- $1 a person of the demo  $2 their id
insert into smatrx.skill_import_skills (user_id, import_id, skill_id, created_at)
select own.user_id, own.id, skill.id, own.completed_at
from jsonb_to_recordset($1::jsonb #> '{smatrx,imports}') as import (id uuid, skills text[])
join smatrx.skill_imports as own on own.user_id = $2 and own.id = import.id
join smatrx.skills as skill on lower(skill.name) in (select lower(wanted) from unnest(import.skills) as wanted)
on conflict do nothing
