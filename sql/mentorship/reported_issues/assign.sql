-- A trigger refuses whoever is no administrator.
-- $1 an administrator  $2 issue  $3 who shall take care of it; null: nobody
update mentorship.reported_issues
set assigned_to_id = $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and identity.has_role($1, 'mentorship', 'admin')
returning id, user_id, title, description, status, assigned_to_id, created_at, updated_at
