-- $1 last id seen  $2 rows
select id, name, description, member_count, last_active, created_at, updated_at
from mentorship.support_groups
where id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $2
