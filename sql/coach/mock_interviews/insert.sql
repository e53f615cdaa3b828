-- $1 owner  $2 interview id  $3 title  $4 interview type  $5 target role  $6 target company  $7 difficulty
-- $8 overall score  $9 technical score  $10 communication score  $11 strengths  $12 areas to improve  $13 ai analysis
-- $14 is completed  $15 started at
insert into coach.mock_interviews
  (user_id, interview_id, title, interview_type, target_role, target_company, difficulty, overall_score,
   technical_score, communication_score, strengths, areas_to_improve, ai_analysis, is_completed, started_at)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, coalesce($15::timestamptz, clock_timestamp())
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, interview_id, title, interview_type, target_role, target_company, difficulty, overall_score,
          technical_score, communication_score, strengths, areas_to_improve, conversation_history, ai_analysis,
          is_completed, completed_at, started_at, created_at, updated_at
