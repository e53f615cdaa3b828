-- $1 owner  $2 skill  $3 level  $4 proficiency score  $5 years of experience  $6 last used  $7 source  $8 evidence
with own as (
  insert into smatrx.user_skills
    (user_id, skill_id, level, proficiency_score, years_experience, last_used, source, evidence)
  select $1, $2, $3, $4, $5, $6, coalesce($7::smatrx.skill_source, 'manual'), $8
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  returning id, skill_id, level, proficiency_score, years_experience, last_used, verified, verified_at, verified_by,
            source, evidence, created_at, updated_at
)
select own.id, own.skill_id, skill.name as skill_name, skill.category_id, category.name as category_name, own.level,
       own.proficiency_score, own.years_experience, own.last_used, own.verified, own.verified_at, own.verified_by,
       own.source, own.evidence, own.created_at, own.updated_at
from own
join smatrx.skills as skill on skill.id = own.skill_id
join smatrx.skill_categories as category on category.id = skill.category_id
