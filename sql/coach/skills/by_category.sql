-- Those without a category come last.
-- $1 owner
select category,
       array_agg(to_jsonb(skill) order by level desc, lower(name)) as "skills!: Vec<Skill>"
from coach.skills as skill
where user_id = $1
group by category
order by category
