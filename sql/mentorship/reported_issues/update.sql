-- A trigger refuses it once the issue is no longer open.
-- $1 who reported it  $2 issue  $3 accepted versions  $4 title  $5 description
update mentorship.reported_issues
set title = $4,
    description = $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and user_id = $1
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, user_id, title, description, status, assigned_to_id, created_at, updated_at
