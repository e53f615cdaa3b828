-- $1 owner  $2 last id seen  $3 rows
select id, analysis_type, data, confidence, created_at
from smatrx.skill_analyses
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3
