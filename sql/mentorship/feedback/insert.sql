-- $1 participant  $2 session  $3 rating  $4 comments
insert into mentorship.feedback (session_id, from_user_id, rating, comments)
select session.id, $1, $3, $4
from mentorship.sessions as session
cross join (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $1 in (session.mentor_id, session.mentee_id)
  and session.id = $2
returning id, session_id, from_user_id, rating, comments, created_at, updated_at
