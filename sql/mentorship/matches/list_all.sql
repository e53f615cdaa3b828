-- $1 last id seen  $2 rows
select id, mentor_id, mentee_id, goal, status, admin_id, created_at, updated_at
from mentorship.matches
where id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2
