-- $1 author  $2 action item  $3 accepted versions  $4 title  $5 description  $6 due date  $7 assigned to
update mentorship.action_items
set title = $4,
    description = $5,
    due_date = $6,
    assigned_to_id = coalesce($7::uuid, $1)
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where created_by_id = $1
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, session_id, assigned_to_id, created_by_id, title, description, due_date, status, created_at, updated_at
