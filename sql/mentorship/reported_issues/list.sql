-- $1 an administrator  $2 last id seen  $3 rows
select id, user_id, title, description, status, assigned_to_id, created_at, updated_at
from mentorship.reported_issues
where id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and (select identity.has_role($1, 'mentorship', 'admin'))
order by id desc
limit $3
