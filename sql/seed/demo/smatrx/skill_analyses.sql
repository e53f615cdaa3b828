-- $1 a person of the demo  $2 their id
insert into smatrx.skill_analyses (user_id, id, analysis_type, data, confidence, created_at)
select $2::uuid,
       analysis.id,
       analysis.type,
       analysis.data,
       analysis.confidence,
       now() - analysis."daysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb #> '{smatrx,analyses}') as analysis (
  id uuid,
  type smatrx.analysis_type,
  data jsonb,
  confidence double precision,
  "daysAgo" double precision)
on conflict do nothing
