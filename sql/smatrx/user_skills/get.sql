-- $1 owner  $2 the owner's skill
select own.id, own.skill_id, skill.name as skill_name, skill.category_id, category.name as category_name, own.level,
       own.proficiency_score, own.years_experience, own.last_used, own.verified, own.verified_at, own.verified_by,
       own.source, own.evidence, own.created_at, own.updated_at
from smatrx.user_skills as own
join smatrx.skills as skill on skill.id = own.skill_id
join smatrx.skill_categories as category on category.id = skill.category_id
where own.user_id = $1
  and own.id = $2
