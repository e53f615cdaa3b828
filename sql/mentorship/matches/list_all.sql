-- Each status has its newest in order: by status and id, lest PostgreSQL walk through all matches in search of a rare one.
-- $1 administrator  $2 last id seen  $3 rows  $4 statuses, none: all
select match.id, match.mentor_id, match.mentee_id, match.goal, match.status, match.admin_id, match.created_at,
       match.updated_at
from (
  select distinct unnest(
    case when cardinality($4::mentorship.match_status[]) = 0 then enum_range(null::mentorship.match_status) else $4 end)
) as wanted (status)
cross join lateral (
  select id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at
  from mentorship.matches
  where matches.status >= wanted.status
    and (matches.status, id) < (wanted.status, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
  order by matches.status desc, id desc
  limit $3
) as match
where identity.has_role($1, 'mentorship', 'admin')
order by match.id desc
limit $3
