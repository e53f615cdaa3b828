-- $1 owner  $2 goal
select id, title, description, status, priority, progress, target_date, milestones, recommendations, created_at,
       updated_at
from coach.career_goals
where user_id = $1
  and id = $2
