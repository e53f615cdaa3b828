-- $1 participant  $2 session  $3 feedback
select given.id, given.session_id, given.from_user_id, given.rating, given.comments, given.created_at,
       given.updated_at
from mentorship.feedback as given
join mentorship.sessions as session on session.id = given.session_id
where $1 in (session.mentor_id, session.mentee_id)
  and given.session_id = $2
  and given.id = $3
