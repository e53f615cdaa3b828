-- $1 participant  $2 session  $3 response message
update mentorship.sessions
set status = 'rejected',
    response_message = $3
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $1 in (mentor_id, mentee_id)
  and id = $2
returning id, mentor_id, mentee_id, title, description, agenda, date, duration, status, meeting_link, proposed_date,
          proposed_by, response_message, created_at, updated_at
