-- A trigger refuses what is over.
-- $1 owner  $2 session
update migratio.quiz_responses
set status = 'abandoned'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
returning id, status, started_at, completed_at, language, device_info, created_at, updated_at
