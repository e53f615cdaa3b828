-- $1 who reported them  $2 last id seen  $3 rows  $4 statuses, none: all
select id, user_id, title, description, status, assigned_to_id, created_at, updated_at
from mentorship.reported_issues
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and case when cardinality($4::mentorship.issue_status[]) = 0 then true else status = any ($4) end
order by id desc
limit $3
