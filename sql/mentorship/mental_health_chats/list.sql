-- $1 owner  $2 last id seen  $3 rows
select id, message, is_from_user, sentiment, created_at, updated_at
from mentorship.mental_health_chats
where user_id = $1
  and id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by id desc
limit $3
