-- Each status has its newest in order: by status and id, lest PostgreSQL walk through all issues in search of a rare one.
-- $1 administrator  $2 last id seen  $3 rows  $4 statuses, none: all
select issue.id, issue.user_id, issue.title, issue.description, issue.status, issue.assigned_to_id, issue.created_at,
       issue.updated_at
from (
  select distinct unnest(
    case when cardinality($4::mentorship.issue_status[]) = 0 then enum_range(null::mentorship.issue_status) else $4 end)
) as wanted (status)
cross join lateral (
  select id, user_id, title, description, status, assigned_to_id, created_at, updated_at
  from mentorship.reported_issues
  where reported_issues.status >= wanted.status
    and (reported_issues.status, id) < (wanted.status, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by reported_issues.status desc, id desc
  limit $3
) as issue
where identity.has_role($1, 'mentorship', 'admin')
order by issue.id desc
limit $3
