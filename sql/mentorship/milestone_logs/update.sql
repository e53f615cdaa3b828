-- $1 owner  $2 milestone  $3 accepted versions  $4 type  $5 title  $6 notes  $7 date
update mentorship.milestone_logs
set type = $4,
    title = $5,
    notes = $6,
    date = $7
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where user_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, type, title, notes, date, created_at, updated_at
