-- $1 owner  $2 session
select id, status, started_at, completed_at, language, device_info, created_at, updated_at
from migratio.quiz_responses
where user_id = $1
  and id = $2
