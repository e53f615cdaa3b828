-- $1 the organization of the demo
insert into mentorship.sessions
  (id, mentor_id, mentee_id, title, description, agenda, date, duration, status, meeting_link, proposed_date,
   proposed_by, response_message, created_at, updated_at)
select session.id,
       mentor.id,
       mentee.id,
       session.title,
       session.description,
       session.agenda,
       date_trunc('hour', now() + session."inDays" * interval '1 day'),
       session.duration,
       session.status,
       session."meetingLink",
       date_trunc('hour', now() + session."proposedInDays" * interval '1 day'),
       proposer.id,
       session."responseMessage",
       now() - session."createdDaysAgo" * interval '1 day',
       now() - session."changedDaysAgo" * interval '1 day'
from jsonb_to_recordset($1::jsonb -> 'sessions') as session (
  id uuid,
  mentor text,
  mentee text,
  title text,
  description text,
  agenda text,
  "inDays" double precision,
  duration integer,
  status mentorship.session_status,
  "meetingLink" text,
  "proposedInDays" double precision,
  "proposedBy" text,
  "responseMessage" text,
  "createdDaysAgo" double precision,
  "changedDaysAgo" double precision)
join identity.users as mentor on mentor.id = ($1::jsonb #>> array['people', session.mentor])::uuid
join identity.users as mentee on mentee.id = ($1::jsonb #>> array['people', session.mentee])::uuid
left join identity.users as proposer on proposer.id = ($1::jsonb #>> array['people', session."proposedBy"])::uuid
on conflict do nothing
