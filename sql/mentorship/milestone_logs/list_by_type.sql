-- $1 owner  $2 last id seen  $3 rows  $4 type
select id, type, title, notes, date, created_at, updated_at
from mentorship.milestone_logs
where user_id = $1
  and type = $4
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3
