-- $1 owner  $2 achievement
select id, type, title, description, points, badge, earned_at, career_goal_id, created_at, updated_at
from smatrx.achievements
where user_id = $1
  and id = $2
