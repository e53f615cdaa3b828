-- $1 participant  $2 session
select id, mentor_id, mentee_id, title, description, agenda, date, duration, status, meeting_link, proposed_date,
       proposed_by, response_message, created_at, updated_at
from mentorship.sessions
where $1 in (mentor_id, mentee_id)
  and id = $2
