-- $1 owner  $2 assessment  $3 accepted versions  $4 type  $5 title  $6 description  $7 results  $8 score
-- $9 AI insights  $10 recommendations
update coach.assessments
set type = $4,
    title = $5,
    description = $6,
    results = $7,
    score = $8,
    ai_insights = $9,
    recommendations = $10
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, type, title, description, results, score, ai_insights, recommendations, created_at, updated_at
