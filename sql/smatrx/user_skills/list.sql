-- Filters are cases: of `$5 is null or …` the planner expects next to no rows, and sorts instead of reading in order.
-- Best proficiency first, then those without a score, newest first.
-- $1 owner  $2 last id seen  $3 rows  $4 levels  $5 verified  $6 last proficiency score seen
select own.id, own.skill_id, skill.name as skill_name, skill.category_id, category.name as category_name, own.level,
       own.proficiency_score, own.years_experience, own.last_used, own.verified, own.verified_at, own.verified_by,
       own.source, own.evidence, own.created_at, own.updated_at
from smatrx.user_skills as own
join smatrx.skills as skill on skill.id = own.skill_id
join smatrx.skill_categories as category on category.id = skill.category_id
where own.user_id = $1
  and (coalesce(own.proficiency_score, -1), own.id) < (
    case when $2::uuid is null then 101 else coalesce($6, -1) end,
    coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  and case when cardinality($4::smatrx.skill_level[]) = 0 then true else own.level = any ($4) end
  and case when $5::boolean is null then true else own.verified = $5 end
order by coalesce(own.proficiency_score, -1) desc, own.id desc
limit $3
