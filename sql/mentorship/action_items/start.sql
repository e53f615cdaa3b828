-- $1 assignee or creator  $2 action item
update mentorship.action_items
set status = 'in_progress'
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $1 in (assigned_to_id, created_by_id)
  and id = $2
returning id, session_id, assigned_to_id, created_by_id, title, description, due_date, status, created_at, updated_at
