-- Filters are cases: of `$4 is null or …` the planner expects next to no rows, and sorts instead of reading in order.
-- $1 owner  $2 last id seen  $3 rows  $4 is completed
select id, interview_id, title, interview_type, target_role, target_company, difficulty, overall_score,
       technical_score, communication_score, strengths, areas_to_improve, conversation_history, ai_analysis,
       is_completed, completed_at, started_at, created_at, updated_at
from coach.mock_interviews
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when $4::boolean is null then true else is_completed = $4 end
order by id desc
limit $3
