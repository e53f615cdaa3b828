-- $1 owner  $2 the owner's skill  $3 who verifies it  $4 accepted versions
with own as (
  update smatrx.user_skills
  set verified = true,
      verified_at = now(),
      verified_by = $3,
      source = 'verified'
  from (select set_config('trellis.actor', $3::uuid::text, true)) as actor
  where user_id = $1
    and id = $2
    and ($4::timestamptz[] is null or updated_at = any ($4))
  returning id, skill_id, level, proficiency_score, years_experience, last_used, verified, verified_at, verified_by,
            source, evidence, created_at, updated_at
)
select own.id, own.skill_id, skill.name as skill_name, skill.category_id, category.name as category_name, own.level,
       own.proficiency_score, own.years_experience, own.last_used, own.verified, own.verified_at, own.verified_by,
       own.source, own.evidence, own.created_at, own.updated_at
from own
join smatrx.skills as skill on skill.id = own.skill_id
join smatrx.skill_categories as category on category.id = skill.category_id
