-- $1 who acts  $2 occupation code  $3 accepted versions  $4 system  $5 code  $6 title  $7 description  $8 parent code
-- $9 skill level  $10 alternative titles  $11 keywords  $12 regulated profession
update migratio.occupation_codes
set system = $4,
    code = $5,
    title = $6,
    description = $7,
    parent_code = $8,
    skill_level = $9,
    alternative_titles = $10,
    keywords = $11,
    regulated_profession = $12
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, system, code, title, description, parent_code, skill_level, alternative_titles, keywords,
          regulated_profession, created_at, updated_at
