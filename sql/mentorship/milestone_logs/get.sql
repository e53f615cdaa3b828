-- $1 owner  $2 milestone
select id, type, title, notes, date, created_at, updated_at
from mentorship.milestone_logs
where user_id = $1
  and id = $2
