-- $1 owner  $2 type  $3 title  $4 notes  $5 date
insert into mentorship.milestone_logs (user_id, type, title, notes, date)
select $1, $2, $3, $4, $5
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, type, title, notes, date, created_at, updated_at
