-- $1 participant  $2 action item
select item.id, item.session_id, item.assigned_to_id, item.created_by_id, item.title, item.description, item.due_date,
       item.status, item.created_at, item.updated_at
from mentorship.action_items as item
join mentorship.sessions as session on session.id = item.session_id
where $1 in (session.mentor_id, session.mentee_id)
  and item.id = $2
