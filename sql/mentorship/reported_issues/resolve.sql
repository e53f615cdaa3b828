-- A trigger refuses what is no move from here.
-- $1 an administrator  $2 issue
update mentorship.reported_issues
set status = 'resolved'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and identity.has_role($1, 'mentorship', 'admin')
returning id, user_id, title, description, status, assigned_to_id, created_at, updated_at
