-- $1 who acts  $2 system  $3 code  $4 title  $5 description  $6 parent code  $7 skill level  $8 alternative titles
-- $9 keywords  $10 regulated profession
insert into migratio.occupation_codes
  (system, code, title, description, parent_code, skill_level, alternative_titles, keywords, regulated_profession)
select $2, $3, $4, $5, $6, $7, $8, $9, $10
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, system, code, title, description, parent_code, skill_level, alternative_titles, keywords,
          regulated_profession, created_at, updated_at
