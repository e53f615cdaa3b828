-- $1 last id seen  $2 rows
select id, system, code, title, description, parent_code, skill_level, alternative_titles, keywords,
       regulated_profession, created_at, updated_at
from migratio.occupation_codes
where id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2
