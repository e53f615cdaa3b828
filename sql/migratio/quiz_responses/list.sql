-- $1 owner  $2 last id seen  $3 rows
select id, status, started_at, completed_at, language, device_info, created_at, updated_at
from migratio.quiz_responses
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3
