-- After the profile was written, in a statement of its own: it sees what was.
-- $1 owner  $2 session
update migratio.quiz_responses
set profile_snapshot = migratio.profile_snapshot($1)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
returning id, status, started_at, completed_at, language, device_info, created_at, updated_at
