-- $1 owner  $2 last id seen  $3 rows
select id, path_id, completed_modules, progress, started_at, completed_at, created_at, updated_at
from mentorship.user_learning_progress
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3
