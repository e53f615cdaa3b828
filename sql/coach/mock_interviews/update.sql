-- $1 owner  $2 mock interview  $3 accepted versions  $4 interview id  $5 title  $6 interview type  $7 target role
-- $8 target company  $9 difficulty  $10 overall score  $11 technical score  $12 communication score  $13 strengths
-- $14 areas to improve  $15 ai analysis  $16 is completed  $17 started at
update coach.mock_interviews
set interview_id = $4,
    title = $5,
    interview_type = $6,
    target_role = $7,
    target_company = $8,
    difficulty = $9,
    overall_score = $10,
    technical_score = $11,
    communication_score = $12,
    strengths = $13,
    areas_to_improve = $14,
    ai_analysis = $15,
    is_completed = $16,
    started_at = coalesce($17::timestamptz, started_at)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, interview_id, title, interview_type, target_role, target_company, difficulty, overall_score,
          technical_score, communication_score, strengths, areas_to_improve, conversation_history, ai_analysis,
          is_completed, completed_at, started_at, created_at, updated_at
