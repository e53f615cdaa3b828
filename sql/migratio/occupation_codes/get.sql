-- $1 occupation code
select id, system, code, title, description, parent_code, skill_level, alternative_titles, keywords,
       regulated_profession, created_at, updated_at
from migratio.occupation_codes
where id = $1
