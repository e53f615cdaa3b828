-- What is absent stays. Of two that come at once, one finds it open.
-- $1 owner  $2 mock interview  $3 overall score  $4 technical score  $5 communication score  $6 strengths
-- $7 areas to improve  $8 analysis
update coach.mock_interviews
set overall_score = coalesce($3, overall_score),
    technical_score = coalesce($4, technical_score),
    communication_score = coalesce($5, communication_score),
    strengths = coalesce($6, strengths),
    areas_to_improve = coalesce($7, areas_to_improve),
    ai_analysis = coalesce($8, ai_analysis),
    is_completed = true
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and not is_completed
returning id, interview_id, title, interview_type, target_role, target_company, difficulty, overall_score,
          technical_score, communication_score, strengths, areas_to_improve, conversation_history, ai_analysis,
          is_completed, completed_at, started_at, created_at, updated_at
