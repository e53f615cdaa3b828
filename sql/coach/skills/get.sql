-- $1 owner  $2 skill
select id, name, category, level, years_of_experience, endorsements, created_at, updated_at
from coach.skills
where user_id = $1
  and id = $2
