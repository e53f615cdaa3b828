-- $1 owner  $2 analysis
select id, analysis_type, data, confidence, created_at
from smatrx.skill_analyses
where user_id = $1
  and id = $2
