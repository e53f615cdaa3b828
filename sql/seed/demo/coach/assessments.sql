-- $1 a person of the demo  $2 their id
insert into coach.assessments
  (user_id, id, type, title, description, results, score, ai_insights, recommendations, created_at, updated_at)
select $2::uuid,
       assessment.id,
       assessment.type,
       assessment.title,
       assessment.description,
       assessment.results,
       assessment.score,
       assessment."aiInsights",
       assessment.recommendations,
       now() - assessment."createdDaysAgo" * interval '1 day',
       now() - assessment."createdDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{coach,assessments}') as assessment (
  id uuid,
  type text,
  title text,
  description text,
  results jsonb,
  score double precision,
  "aiInsights" jsonb,
  recommendations text[],
  "createdDaysAgo" double precision)
on conflict do nothing
