-- $1 owner  $2 goal
select id, title, description, type, target_date, status, priority, progress, created_at, updated_at
from smatrx.career_goals
where user_id = $1
  and id = $2
