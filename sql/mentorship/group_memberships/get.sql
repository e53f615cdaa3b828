-- $1 member  $2 group
select id, user_id, group_id, joined_at, created_at
from mentorship.group_memberships
where group_id = $2
  and user_id = $1
