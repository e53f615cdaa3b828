-- $1 a person of the demo  $2 their id
insert into coach.mock_interviews
  (user_id, id, interview_id, title, interview_type, target_role, target_company, difficulty, overall_score,
   technical_score, communication_score, strengths, areas_to_improve, conversation_history, ai_analysis, is_completed,
   completed_at, started_at, created_at, updated_at)
select $2::uuid,
       mock.id,
       interviews.id,
       mock.title,
       mock.type,
       mock."targetRole",
       mock."targetCompany",
       mock.difficulty,
       mock."overallScore",
       mock."technicalScore",
       mock."communicationScore",
       coalesce(mock.strengths, '{}'),
       coalesce(mock."areasToImprove", '{}'),
       jsonb_build_object('messages', mock.history),
       mock.analysis,
       mock."completedDaysAgo" is not null,
       now() - mock."completedDaysAgo" * interval '1 day',
       now() - mock."startedDaysAgo" * interval '1 day',
       now() - mock."startedDaysAgo" * interval '1 day',
       now() - coalesce(mock."completedDaysAgo", mock."startedDaysAgo") * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,mockInterviews}') as mock (
  id uuid,
  "interviewId" uuid,
  title text,
  type coach.interview_type,
  "targetRole" text,
  "targetCompany" text,
  difficulty coach.difficulty,
  "overallScore" integer,
  "technicalScore" integer,
  "communicationScore" integer,
  strengths text[],
  "areasToImprove" text[],
  history jsonb,
  analysis jsonb,
  "completedDaysAgo" double precision,
  "startedDaysAgo" double precision)
left join coach.interviews on interviews.user_id = $2 and interviews.id = mock."interviewId"
on conflict do nothing
