-- $1 owner  $2 type  $3 data  $4 confidence
insert into smatrx.skill_analyses (user_id, analysis_type, data, confidence)
select $1, $2, $3, $4
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, analysis_type, data, confidence, created_at
