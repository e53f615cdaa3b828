-- Triggers ask both sides for their roles.
-- $1 actor  $2 mentor  $3 mentee  $4 status  $5 title  $6 description  $7 agenda  $8 date  $9 duration  $10 meeting link
insert into mentorship.sessions
  (mentor_id, mentee_id, status, title, description, agenda, date, duration, meeting_link)
select $2, $3, $4, $5, $6, $7, $8, $9, $10
from (select set_config('trellis.actor', $1::uuid::text, true)) as actor
returning id, mentor_id, mentee_id, title, description, agenda, date, duration, status, meeting_link, proposed_date,
          proposed_by, response_message, created_at, updated_at
