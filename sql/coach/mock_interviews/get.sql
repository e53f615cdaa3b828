-- $1 owner  $2 mock interview
select id, interview_id, title, interview_type, target_role, target_company, difficulty, overall_score,
       technical_score, communication_score, strengths, areas_to_improve, conversation_history, ai_analysis,
       is_completed, completed_at, started_at, created_at, updated_at
from coach.mock_interviews
where user_id = $1
  and id = $2
