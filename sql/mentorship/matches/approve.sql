-- $1 administrator  $2 id
update mentorship.matches
set status = 'approved', admin_id = $1
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where id = $2
  and identity.has_role($1, 'mentorship', 'admin')
returning id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at
