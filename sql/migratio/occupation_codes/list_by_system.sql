-- By their codes, of which each is once in its system.
-- $1 last code seen  $2 rows  $3 system
select id, system, code, title, description, parent_code, skill_level, alternative_titles, keywords,
       regulated_profession, created_at, updated_at
from migratio.occupation_codes
where system = $3
  and code > coalesce($1::text, '')
order by code
limit $2
