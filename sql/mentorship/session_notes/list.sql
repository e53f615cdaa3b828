-- What is private is seen by its author alone.
-- $1 participant  $2 session  $3 last id seen  $4 rows
select note.id, note.session_id, note.created_by_id, note.notes, note.is_private, note.created_at, note.updated_at
from mentorship.session_notes as note
join mentorship.sessions as session on session.id = note.session_id
where $1 in (session.mentor_id, session.mentee_id)
  and note.session_id = $2
  and note.id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
  and (note.created_by_id = $1 or not note.is_private)
order by note.id desc
limit $4
