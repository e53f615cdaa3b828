-- $1 owner  $2 learning path
select id, path_id, completed_modules, progress, started_at, completed_at, created_at, updated_at
from mentorship.user_learning_progress
where user_id = $1
  and path_id = $2
