-- $1 participant  $2 session  $3 title  $4 description  $5 due date  $6 assigned to
insert into mentorship.action_items (session_id, created_by_id, title, description, due_date, assigned_to_id)
select session.id, $1, $3, $4, $5, coalesce($6::uuid, $1)
from mentorship.sessions as session
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $1 in (session.mentor_id, session.mentee_id)
  and session.id = $2
returning id, session_id, assigned_to_id, created_by_id, title, description, due_date, status, created_at, updated_at
