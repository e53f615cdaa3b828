-- All of it or nothing: nothing once another server has taken the import, for then `mine` is empty. A skill that has left
-- the catalogue meanwhile is left out.
-- $1 owner  $2 import  $3 attempt  $4 skills  $5 levels  $6 years of experience  $7 evidence  $8 unknown names
with mine as materialized (
  select import.user_id, import.id, import.source
  from smatrx.skill_imports as import
  cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where import.user_id = $1
    and import.id = $2
    and import.status = 'processing'
    and import.attempts = $3
  for update of import
), found as materialized (
  select mine.user_id, mine.id as import_id, mine.source::text::smatrx.skill_source as source,
         skill.id as skill_id, skill.name, given.level, given.years_experience, given.evidence
  from mine
  cross join unnest($4::uuid[], $5::smatrx.skill_level[], $6::integer[], $7::jsonb[])
    as given (skill_id, level, years_experience, evidence)
  join smatrx.skills as skill on skill.id = given.skill_id
), written as (
  insert into smatrx.user_skills as own (user_id, skill_id, level, years_experience, source, evidence)
  select user_id, skill_id, level, years_experience, source, evidence
  from found
  order by skill_id
  on conflict (user_id, skill_id) do update
  set level = greatest(own.level, excluded.level),
      years_experience = greatest(own.years_experience, excluded.years_experience),
      source = case when excluded.level > own.level then excluded.source else own.source end,
      evidence = coalesce(excluded.evidence, own.evidence)
  where not own.verified
    and (
      excluded.level > own.level
      or excluded.years_experience > coalesce(own.years_experience, -1)
      or excluded.evidence <> coalesce(own.evidence, 'null')
    )
  -- Only of a row that was there has its own transaction been a locker.
  returning own.xmax = 0 as created
), linked as (
  insert into smatrx.skill_import_skills (user_id, import_id, skill_id)
  select user_id, import_id, skill_id
  from found
)
update smatrx.skill_imports as import
set status = 'completed',
    progress = 100,
    message = null,
    results = jsonb_build_object(
      'matched', (
        select coalesce(jsonb_agg(jsonb_build_object('skillId', skill_id, 'name', name) order by name), '[]')
        from found),
      'unknown', to_jsonb($8::text[]),
      'created', (select count(*) filter (where created) from written),
      'updated', (select count(*) filter (where not created) from written)),
    resume = null,
    items = null,
    leased_until = null,
    completed_at = now()
from mine
where import.user_id = mine.user_id
  and import.id = mine.id
returning import.id
