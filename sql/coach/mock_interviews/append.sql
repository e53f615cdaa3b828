-- The row is locked while its history grows, so that of messages that come at once none is lost. A trigger refuses what
-- comes after completion.
-- $1 owner  $2 mock interview  $3 message
update coach.mock_interviews
set conversation_history = jsonb_set(
      conversation_history, '{messages}', (conversation_history -> 'messages') || jsonb_build_array($3::jsonb))
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
returning id, interview_id, title, interview_type, target_role, target_company, difficulty, overall_score,
          technical_score, communication_score, strengths, areas_to_improve, conversation_history, ai_analysis,
          is_completed, completed_at, started_at, created_at, updated_at
