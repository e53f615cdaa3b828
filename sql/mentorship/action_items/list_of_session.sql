-- $1 participant  $2 session  $3 last id seen  $4 rows
select item.id, item.session_id, item.assigned_to_id, item.created_by_id, item.title, item.description, item.due_date,
       item.status, item.created_at, item.updated_at
from mentorship.action_items as item
join mentorship.sessions as session on session.id = item.session_id
where $1 in (session.mentor_id, session.mentee_id)
  and item.session_id = $2
  and item.id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
order by item.id desc
limit $4
