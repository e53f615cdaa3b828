-- $1 owner  $2 assessment
select id, type, title, description, results, score, ai_insights, recommendations, created_at, updated_at
from coach.assessments
where user_id = $1
  and id = $2
