-- $1 owner  $2 type  $3 title  $4 description  $5 results  $6 score  $7 AI insights  $8 recommendations
insert into coach.assessments (user_id, type, title, description, results, score, ai_insights, recommendations)
select $1, $2, $3, $4, $5, $6, $7, $8
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, type, title, description, results, score, ai_insights, recommendations, created_at, updated_at
