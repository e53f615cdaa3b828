-- $1 participant  $2 session  $3 notes  $4 is private
insert into mentorship.session_notes (session_id, created_by_id, notes, is_private)
select session.id, $1, $3, $4
from mentorship.sessions as session
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $1 in (session.mentor_id, session.mentee_id)
  and session.id = $2
returning id, session_id, created_by_id, notes, is_private, created_at, updated_at
