-- Every category, with what the user has of it; those of which they have the most come first.
-- $1 owner
select category.id as category_id, category.name as category_name,
       coalesce(owned.skills, 0) as "skill_count!", owned.proficiency as "average_proficiency?"
from smatrx.skill_categories as category
left join (
  select skill.category_id, count(*) as skills, avg(own.proficiency_score)::double precision as proficiency
  from smatrx.user_skills as own
  join smatrx.skills as skill on skill.id = own.skill_id
  where own.user_id = $1
  group by skill.category_id
) as owned on owned.category_id = category.id
order by coalesce(owned.skills, 0) desc, category.name
