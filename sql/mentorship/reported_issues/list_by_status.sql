-- As a range: of equals the planner might walk through the primary key, which is in order, too, in search of a rare one.
-- $1 an administrator  $2 last id seen  $3 rows  $4 status
select id, user_id, title, description, status, assigned_to_id, created_at, updated_at
from mentorship.reported_issues
where status >= $4
  and (status, id) < ($4, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  and (select identity.has_role($1, 'mentorship', 'admin'))
order by status desc, id desc
limit $3
