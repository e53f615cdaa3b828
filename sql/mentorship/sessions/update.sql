-- $1 participant  $2 session  $3 accepted versions  $4 title  $5 description  $6 agenda  $7 duration  $8 meeting link
update mentorship.sessions
set title = $4,
    description = $5,
    agenda = $6,
    duration = $7,
    meeting_link = $8
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
where $1 in (mentor_id, mentee_id)
  and id = $2
  and ($3::timestamptz[] is null or updated_at = any ($3))
returning id, mentor_id, mentee_id, title, description, agenda, date, duration, status, meeting_link, proposed_date,
          proposed_by, response_message, created_at, updated_at
