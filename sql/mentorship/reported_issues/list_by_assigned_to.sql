-- Those that the assignee may still read.
-- As a range: of equals the planner might walk through the primary key, which is in order, too, in search of a rare one.
-- $1 assignee  $2 last id seen  $3 rows  $4 statuses, none: all  $5 what they reported themselves alone
select id, user_id, title, description, status, assigned_to_id, created_at, updated_at
from mentorship.reported_issues
where assigned_to_id >= $1
  and (assigned_to_id, id) < ($1, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  and (user_id = $1 or (select identity.has_role($1, 'mentorship', 'admin')))
  and case when cardinality($4::mentorship.issue_status[]) = 0 then true else status = any ($4) end
  and case when $5 then user_id = $1 else true end
order by assigned_to_id desc, id desc
limit $3
