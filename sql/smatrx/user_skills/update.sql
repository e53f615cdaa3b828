-- A trigger voids the verification where it no longer fits.
-- $1 owner  $2 the owner's skill  $3 accepted versions  $4 skill  $5 level  $6 proficiency score
-- $7 years of experience  $8 last used  $9 source  $10 evidence
with own as (
  update smatrx.user_skills
  set skill_id = $4,
      level = $5,
      proficiency_score = $6,
      years_experience = $7,
      last_used = $8,
      source = coalesce($9::smatrx.skill_source, source),
      evidence = $10
  from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
  where user_id = $1
    and id = $2
    and ($3::timestamptz[] is null or updated_at = any ($3))
  returning id, skill_id, level, proficiency_score, years_experience, last_used, verified, verified_at, verified_by,
            source, evidence, created_at, updated_at
)
select own.id, own.skill_id, skill.name as skill_name, skill.category_id, category.name as category_name, own.level,
       own.proficiency_score, own.years_experience, own.last_used, own.verified, own.verified_at, own.verified_by,
       own.source, own.evidence, own.created_at, own.updated_at
from own
join smatrx.skills as skill on skill.id = own.skill_id
join smatrx.skill_categories as category on category.id = skill.category_id
